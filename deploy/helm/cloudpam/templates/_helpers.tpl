{{- define "cloudpam.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* What tells the pods of a component from others. Arguments: root, component. */}}
{{- define "cloudpam.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "cloudpam.labels" -}}
{{ include "cloudpam.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: cloudpam
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Arguments: image, version. */}}
{{- define "cloudpam.image" -}}
{{- with .image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ default $.version .tag }}{{ end -}}
{{- end -}}
{{- end }}

{{/* url, external, bundled or sqlite */}}
{{- define "cloudpam.database" -}}
{{- with .Values.database -}}
{{- if .url.existingSecret }}url{{ else if .external.host }}external
{{- else if .bundled.enabled }}bundled{{ else }}sqlite{{ end -}}
{{- end -}}
{{- end }}

{{- define "cloudpam.secretName" -}}
{{- default (printf "%s-keys" (include "cloudpam.fullname" .)) .Values.secrets.existingSecret -}}
{{- end }}

{{- define "cloudpam.publicUrl" -}}
{{- $tls := and .Values.ingress.enabled .Values.ingress.tlsSecret -}}
{{- default (ternary (printf "https://%s" .Values.ingress.host) "" (not (empty $tls))) .Values.publicUrl -}}
{{- end }}

{{/* Whether there may be more than one server. */}}
{{- define "cloudpam.several" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) }}true{{ end -}}
{{- end }}

{{/* Of pods; argument: the user's and the group's id. */}}
{{- define "cloudpam.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "cloudpam.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A variable from a secret. Arguments: its name, the secret, its key. */}}
{{- define "cloudpam.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
      {{- if gt (len .) 3 }}
      optional: true
      {{- end }}
{{- end }}

{{/* A value that is made at the first installation and kept. Arguments: root, secret, key, made. */}}
{{- define "cloudpam.kept" -}}
{{- $there := lookup "v1" "Secret" .root.Release.Namespace .secret | default dict -}}
{{- get ($there.data | default dict) .key | default (b64enc .made) -}}
{{- end }}
