// A self-link of Google Cloud: with or without its host, `projects/PROJECT/.../KIND/NAME`.
const PLACE = '(?:global|(?:regions|zones)/[\\w-]+)';
const SELF_LINK = new RegExp(
  `(?:https?://[\\w.-]+/compute/[\\w.]+/)?projects/([\\w.:-]+)/${PLACE}/\\w+/([\\w-]+)`,
  'g',
);
const MOMENT = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z/g;

/**
 * A text of the server as people read it: long cloud links cut to `project/name`, moments to the
 * minute.
 */
export function readableText(text: string): string {
  return text
    .replaceAll(SELF_LINK, (_, project: string, name: string) => `${project}/${name}`)
    .replaceAll(MOMENT, '$1 $2 UTC');
}
