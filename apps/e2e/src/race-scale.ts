/** How many times as often races, kills and interruptions are tried. */
export const RACE_SCALE = Number(process.env['RACE_SCALE'] ?? 1);
