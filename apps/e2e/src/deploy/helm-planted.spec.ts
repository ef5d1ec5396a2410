import { describeWith } from '../counterpart';
import { CHART, chartMistakes } from './chart';
import { findPlanted, type Mistake } from './planted';

/** What is planted, with which file of values it shows, and what must be said of it. */
const PLANTED: readonly [string, string, Mistake, RegExp][] = [
  [
    'an unknown field',
    'minimal.yaml',
    { file: 'templates/deployment.yaml', from: 'imagePullPolicy:', to: 'pullPolicy:' },
    /Deployment cloudpam: .*unknown field "spec\.template\.spec\.containers\[0\]\.pullPolicy"/,
  ],
  [
    'a wrong type',
    'everything.yaml',
    { file: 'templates/scaling.yaml', from: /minReplicas: \{.*/, to: 'minReplicas: few' },
    /HorizontalPodAutoscaler pam: .*cannot unmarshal string .*minReplicas/,
  ],
  [
    'a required field that is missing',
    'everything.yaml',
    { file: 'templates/ingress.yaml', from: /\n *pathType: Prefix/, to: '' },
    /Ingress pam: .*pathType: Required value/,
  ],
  [
    'a selector of other pods',
    'bundled.yaml',
    {
      file: 'templates/database.yaml',
      from: 'matchLabels:\n',
      to: 'matchLabels:\n      other: pods\n',
    },
    /StatefulSet cloudpam-database: spec\.template\.metadata\.labels: Invalid value/,
  ],
  [
    'a volume that is mounted and not there',
    'everything.yaml',
    {
      file: 'templates/_collector.tpl',
      from: '- name: tmp\n      emptyDir',
      to: '- name: t\n      emptyDir',
    },
    /CronJob pam-collector-aws: .*volumeMounts\[0\]\.name: Not found: "tmp"/,
  ],
  [
    'the user root',
    'minimal.yaml',
    { file: 'templates/deployment.yaml', from: 'podSecurity" 65532', to: 'podSecurity" 0' },
    /Deployment cloudpam: Pod Security restricted: .*runAsUser=0/,
  ],
  [
    'kept capabilities',
    'minimal.yaml',
    { file: 'templates/_helpers.tpl', from: 'drop: [ALL]', to: 'drop: []' },
    /Pod Security restricted: unrestricted capabilities/,
  ],
  [
    'a root file system that can be written',
    'minimal.yaml',
    {
      file: 'templates/_helpers.tpl',
      from: 'readOnlyRootFilesystem: true',
      to: 'privileged: false',
    },
    /Deployment cloudpam: the root file system can be written/,
  ],
  [
    'a service account that is not there',
    'minimal.yaml',
    {
      file: 'templates/deployment.yaml',
      from: /serviceAccountName: .*/,
      to: 'serviceAccountName: web',
    },
    /Deployment cloudpam: there is no service account web/,
  ],
  [
    'a network policy that lets in pods that are not there',
    'everything.yaml',
    {
      file: 'templates/networkpolicy.yaml',
      from: '(dict "root" $ "component" "collector")',
      to: '(dict "root" $ "component" "agent")',
    },
    /NetworkPolicy pam: \{.*"agent"\} selects no pod/,
  ],
  [
    'a secret in plain sight',
    'minimal.yaml',
    {
      file: 'templates/_environment.tpl',
      from: /\{\{ include "cloudpam.secretVariable" \(list "AUDIT_KEY".*/,
      to: '- name: AUDIT_KEY\n  value: "0123456789"',
    },
    /Deployment cloudpam: AUDIT_KEY is in plain sight/,
  ],
  [
    'an unknown field of a ServiceMonitor',
    'everything.yaml',
    { file: 'templates/monitoring.yaml', from: 'path: /metrics', to: 'paths: /metrics' },
    /ServiceMonitor pam: unknown field "spec\.endpoints\[0\]\.paths"/,
  ],
  [
    'a duration of a PrometheusRule that is none',
    'everything.yaml',
    { file: 'ci/everything.yaml', from: 'for: 5m', to: 'for: soon' },
    /PrometheusRule pam: spec\.groups\[5\]\.rules\[0\]\.for: Invalid value/,
  ],
  [
    'the tag latest',
    'everything.yaml',
    { file: 'ci/everything.yaml', from: /image: \{ digest.*/, to: 'image: { tag: latest }' },
    /everything\.yaml: .*at '\/image\/tag'/s,
  ],
  [
    'a schedule of four fields',
    'everything.yaml',
    { file: 'ci/everything.yaml', from: '"17 */6 * * *"', to: '"17 */6 * *"' },
    /everything\.yaml: .*at '\/collectors\/aws\/schedule'/s,
  ],
  [
    'a schedule at minute 77',
    'everything.yaml',
    { file: 'ci/everything.yaml', from: '"17 */6 * * *"', to: '"77 */6 * * *"' },
    /CronJob pam-collector-aws: spec\.schedule: Invalid value: "77/,
  ],
  [
    'an unknown value',
    'postgres.yaml',
    { file: 'ci/postgres.yaml', from: 'replicas: 3', to: 'replicaCount: 3' },
    /postgres\.yaml: .*additional properties 'replicaCount' not allowed/s,
  ],
  [
    'an unknown setting',
    'everything.yaml',
    { file: 'ci/everything.yaml', from: 'LOG_LEVEL: warn', to: 'LOGLEVEL: warn' },
    /at '\/settings': additional properties 'LOGLEVEL' not allowed/,
  ],
  [
    'a function of templates that does not exist',
    'minimal.yaml',
    { file: 'templates/service.yaml', from: 'nindent 4', to: 'ident 4' },
    /function "ident" not defined/,
  ],
];

describeWith('helm', 'a mistake in the Helm chart', (helm) => {
  describeWith('kubernetes', 'shows, where Kubernetes looks', (kubernetes) => {
    const tools = { helm, kubernetes };

    it.each(PLANTED)('%s, with %s', (_name, values, mistake, said) => {
      const found = findPlanted(CHART, mistake, (copy) => chartMistakes(tools, copy, [values]));
      expect(found.join('\n')).toMatch(said);
    });
  });
});
