// A self-link of Google Cloud: with or without its host, `projects/PROJECT/.../KIND/NAME`.
const SELF_LINK = /(?:https?:\/\/[\w.-]+\/compute\/[\w.]+\/)?projects\/([\w.:-]+)\/(?:global|(?:regions|zones)\/[\w-]+)\/\w+\/([\w-]+)/g;

/** A text with its long cloud links cut to `project/name`, which is what people know them by. */
export function withShortLinks(text: string): string {
  return text.replaceAll(SELF_LINK, (_, project: string, name: string) => `${project}/${name}`);
}
