import { asObject, asText } from '@cloudpam/provider-shapes';
import type { CloudAccount } from '@cloudpam/reconciliation';
import type { cloudresourcemanager_v3 } from '@googleapis/cloudresourcemanager';
import { answerPages, listIn } from './answer-pages';
import type { Send } from './gcp-access';
import { MalformedAnswer } from './gcp-failure';

type ResourceManager = cloudresourcemanager_v3.Cloudresourcemanager;

/** Which projects are looked for: all that the credentials may see, unless narrowed. */
export interface ProjectChoice {
  /** `organizations/NUMBER` or `folders/NUMBER`: only what is below it, at any depth. */
  readonly parent?: string;
  /** As `projects.search` takes it. */
  readonly query?: string;
}

const PARENT = /^(organizations|folders)\/\d+$/;
const SEARCH = 'cloudresourcemanager.projects.search';
const FOLDERS = 'cloudresourcemanager.folders.list';
const PAGE_SIZE = 500;
const FOLDERS_AT_ONCE = 8;

/**
 * The active projects, in the order of their ids, with the names that people gave them.
 * State and parent are compared here: fields of a query are alternatives to `projects.search`, so
 * adding them to the caller's own would widen it.
 * @throws when a call fails, `parent` is not of that form, or there is no such project: a search by
 *   credentials that may
 *   see nothing is not refused but empty
 */
export async function activeProjects(
  api: ResourceManager,
  send: Send,
  { parent, query }: ProjectChoice,
): Promise<readonly CloudAccount[]> {
  const parents = parent === undefined ? undefined : await containersBelow(parent, api, send);
  const projects = new Map<string, CloudAccount>();
  for await (const page of answerPages(
    send,
    SEARCH,
    (pageToken) => (options) =>
      api.projects.search({ query, pageSize: PAGE_SIZE, pageToken }, options),
  )) {
    for (const entry of listIn(page, 'projects', SEARCH)) {
      const project = asObject(entry);
      const id = asText(project?.['projectId']);
      if (!project || !id)
        throw new MalformedAnswer(`${SEARCH} was answered with a project without projectId`);
      if (
        project['state'] !== 'ACTIVE' ||
        (parents && !parents.has(asText(project['parent']) ?? ''))
      )
        continue;
      const name = asText(project['displayName']);
      projects.set(id, { id, ...(name !== undefined && { name }) });
    }
  }
  if (projects.size === 0) {
    const narrowed = [
      ...(parent ? [`below ${parent}`] : []),
      ...(query ? [`that matches ${query}`] : []),
    ];
    throw new Error(['these credentials see no active project', ...narrowed].join(' '));
  }
  return [...projects.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The organization or folder itself and every folder below it, level by level. */
async function containersBelow(
  parent: string,
  api: ResourceManager,
  send: Send,
): Promise<ReadonlySet<string>> {
  if (!PARENT.test(parent))
    throw new Error(`${parent} is neither organizations/NUMBER nor folders/NUMBER`);
  const found = new Set([parent]);
  const waiting = [parent];
  while (waiting.length > 0) {
    const listed = await Promise.all(
      waiting.splice(0, FOLDERS_AT_ONCE).map((container) => foldersIn(container, api, send)),
    );
    for (const folder of listed.flat()) {
      if (!found.has(folder)) waiting.push(folder);
      found.add(folder);
    }
  }
  return found;
}

async function foldersIn(parent: string, api: ResourceManager, send: Send): Promise<string[]> {
  const folders: string[] = [];
  for await (const page of answerPages(
    send,
    FOLDERS,
    (pageToken) => (options) =>
      api.folders.list({ parent, pageSize: PAGE_SIZE, pageToken }, options),
  )) {
    for (const entry of listIn(page, 'folders', FOLDERS)) {
      const name = asText(asObject(entry)?.['name']);
      if (!name) throw new MalformedAnswer(`${FOLDERS} was answered with a folder without a name`);
      folders.push(name);
    }
  }
  return folders;
}
