{{/* The environment of a server. What is secret comes from secrets. */}}
{{- define "cloudpam.environment" -}}
{{- $secret := include "cloudpam.secretName" . -}}
- name: HOST
  value: {{ quote .Values.host }}
- name: PORT
  value: "8080"
- name: SHUTDOWN_TIMEOUT
  value: {{ .Values.shutdownTimeoutSeconds }}s
{{ include "cloudpam.databaseEnvironment" . }}
{{ include "cloudpam.secretVariable" (list "AUDIT_KEY" $secret "audit-key") }}
{{ include "cloudpam.secretVariable" (list "CLOUDPAM_BOOTSTRAP_TOKEN" $secret "bootstrap-token") }}
{{ include "cloudpam.secretVariable" (list "CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN" $secret "collector-token" "optional") }}
{{ include "cloudpam.secretVariable" (list "CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN" $secret "viewer-token" "optional") }}
{{- with .Values.secrets.sentryDsn.existingSecret }}
{{ include "cloudpam.secretVariable" (list "SENTRY_DSN" . $.Values.secrets.sentryDsn.key) }}
{{- end }}
{{- with .Values.secrets.secretKey.existingSecret }}
{{ include "cloudpam.secretVariable" (list "CLOUDPAM_SECRET_KEY" . $.Values.secrets.secretKey.key) }}
{{- end }}
{{- with .Values.secrets.kafkaPassword.existingSecret }}
{{ include "cloudpam.secretVariable" (list "KAFKA_PASSWORD" . $.Values.secrets.kafkaPassword.key) }}
{{- end }}
{{- with .Values.secrets.natsUrl.existingSecret }}
{{ include "cloudpam.secretVariable" (list "NATS_URL" . $.Values.secrets.natsUrl.key) }}
{{- end }}
{{- with .Values.secrets.smtpUrl.existingSecret }}
{{ include "cloudpam.secretVariable" (list "SMTP_URL" . $.Values.secrets.smtpUrl.key) }}
{{- end }}
{{- with .Values.traces.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ quote . }}
{{- end }}
{{- with .Values.traces.headers.existingSecret }}
{{ include "cloudpam.secretVariable" (list "OTEL_EXPORTER_OTLP_HEADERS" . $.Values.traces.headers.key) }}
{{- end }}
{{- with include "cloudpam.publicUrl" . }}
- name: PUBLIC_URL
  value: {{ . }}
{{- end }}
{{- with .Values.oidc }}
- name: OIDC_PROVIDERS
  value: {{ keys . | sortAlpha | join "," }}
{{- end }}
{{- if .Values.oidcAutoLogin }}
- name: OIDC_AUTO_LOGIN
  value: "true"
{{- end }}
{{- range $name, $provider := .Values.oidc }}
{{- $prefix := printf "OIDC_%s" (upper $name) }}
{{- range $key, $value := omit $provider "clientSecret" }}
- name: {{ $prefix }}_{{ eq $key "label" | ternary "NAME" (snakecase $key | upper) }}
  value: {{ quote $value }}
{{- end }}
{{- with $provider.clientSecret }}
{{ include "cloudpam.secretVariable" (list (printf "%s_CLIENT_SECRET" $prefix) .existingSecret .key) }}
{{- end }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ quote $value }}
{{- end }}
{{- end }}

{{/* The password is not in the URL: it may have any characters, and the driver reads PGPASSWORD. */}}
{{- define "cloudpam.databaseEnvironment" -}}
{{- $kind := include "cloudpam.database" . -}}
{{- with .Values.database -}}
{{- if eq $kind "url" -}}
{{ include "cloudpam.secretVariable" (list "DATABASE_URL" .url.existingSecret .url.key) }}
{{- else if eq $kind "external" -}}
{{- with .external -}}
{{- $mode := ternary (printf "?sslmode=%s" .sslmode) "" (ne .sslmode "") -}}
- name: DATABASE_URL
  value: postgres://{{ urlquery .user }}@{{ .host }}:{{ .port }}/{{ .name }}{{ $mode }}
{{- if .password.existingSecret }}
{{ include "cloudpam.secretVariable" (list "PGPASSWORD" .password.existingSecret .password.key) }}
{{- end }}
{{- end }}
{{- else if eq $kind "bundled" -}}
{{- $name := printf "%s-database" (include "cloudpam.fullname" $) -}}
- name: DATABASE_URL
  value: postgres://cloudpam@{{ $name }}:5432/cloudpam
{{ include "cloudpam.secretVariable" (list "PGPASSWORD" $name "password") }}
{{- else -}}
- name: DATABASE_URL
  value: sqlite:/var/lib/cloudpam/cloudpam.sqlite
{{- end }}
{{- if .replicas.existingSecret }}
{{ include "cloudpam.secretVariable" (list "DATABASE_REPLICAS" .replicas.existingSecret .replicas.key) }}
{{- end }}
{{- end -}}
{{- end }}
