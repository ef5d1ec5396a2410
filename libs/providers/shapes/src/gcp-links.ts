import { asText, type JsonObject } from './json-reading';

/**
 * A link as the stable API gives it. Other versions (`gcloud beta`) and private endpoints may put
 * themselves into it, and the same network must not be another one because of that.
 */
export function linkIn(owner: JsonObject | undefined, field: string): string | undefined {
  return asText(owner?.[field])?.replace(
    /^https:\/\/[a-z0-9.-]+\.googleapis\.com\/compute\/[a-z0-9]+\//,
    'https://www.googleapis.com/compute/v1/',
  );
}

/**
 * The project in a self-link such as
 * `https://www.googleapis.com/compute/v1/projects/PROJECT/global/networks/NAME`.
 */
export function projectOf(selfLink: string): string | undefined {
  return /\/projects\/([^/]+)\//.exec(selfLink)?.[1];
}

/** What stands behind the last slash of a link. */
export function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
