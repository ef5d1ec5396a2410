import { GcpCloudNetworks } from '@cloudpam/provider-gcp';
import { INTERFACES } from './interfaces';
import { provider } from './provider';

/** Reads GCP by its API; without a choice every project that the credentials see. */
export const gcp = provider({
  name: 'gcp',
  title: 'GCP',
  source: 'by its API',
  options: {
    projects: {
      kind: 'list',
      value: 'a,b',
      item: {
        pattern: /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        called: 'a project id',
      },
      help: 'these projects, by their ids',
    },
    parent: {
      kind: 'text',
      value: 'NAME',
      help: 'all projects under organizations/N or folders/N',
    },
    interfaces: INTERFACES,
    'project-query': {
      kind: 'text',
      value: 'TEXT',
      help: 'projects that match, as in projects.search: labels.env:prod',
    },
  },
  read(given) {
    const [projects, parent] = [given.get('projects'), given.get('parent')];
    if (parent !== undefined && !/^(organizations|folders)\/\d+$/.test(parent))
      given.refuse(`${given.said('parent')} must be organizations/N or folders/N`);
    const projectQuery = given.get('project-query');
    if (projects && (parent !== undefined || projectQuery !== undefined))
      given.refuse(
        '--projects excludes --parent and --project-query: these projects, or those that are found',
      );
    return {
      ...(given.get('interfaces') && { interfaces: true as const }),
      ...(projects && { projects }),
      ...(parent !== undefined && { parent }),
      ...(projectQuery !== undefined && { projectQuery }),
    };
  },
  open: ({ projects, parent, projectQuery, interfaces }, scopeTimeoutMs) => [
    new GcpCloudNetworks({ projects, interfaces, parent, query: projectQuery, scopeTimeoutMs }),
  ],
});
