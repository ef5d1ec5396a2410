{{/* What values.schema.json cannot say: values that do not go together. */}}
{{- define "cloudpam.checks" -}}
{{- $database := include "cloudpam.database" . -}}
{{- $fullname := include "cloudpam.fullname" . -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" $fullname) -}}
{{- printf "%s is no name of a service: set fullnameOverride to a-z, 0-9 and -, with a letter first" $fullname | fail -}}
{{- end -}}
{{- $sources := "database.url.existingSecret, database.external.host or database.bundled.enabled" -}}
{{- with .Values.database -}}
{{- $given := list .url.existingSecret .external.host (ternary "bundled" "" .bundled.enabled) | compact -}}
{{- if gt (len $given) 1 -}}
{{- printf "only one can be given of %s" $sources | fail -}}
{{- end -}}
{{- if and (eq $database "sqlite") .replicas.existingSecret -}}
{{- printf "database.replicas needs PostgreSQL: %s" $sources | fail -}}
{{- end -}}
{{- end -}}
{{- if and (eq $database "sqlite") (include "cloudpam.several" .) -}}
{{- printf "more than one server (replicas, autoscaling) needs PostgreSQL: %s" $sources | fail -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas is greater than maxReplicas" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.host is needed" -}}
{{- end -}}
{{- if and .Values.oidc (not (include "cloudpam.publicUrl" .)) -}}
{{- fail "oidc needs publicUrl, or an ingress with tlsSecret" -}}
{{- end -}}
{{- if and .Values.oidcAutoLogin (ne (len .Values.oidc) 1) -}}
{{- fail "oidcAutoLogin needs exactly one provider in oidc" -}}
{{- end -}}
{{- range $name, $collector := .Values.collectors -}}
{{- $where := printf "collectors.%s" $name -}}
{{- if gt (len (printf "%s-collector-%s" (include "cloudpam.fullname" $) $name)) 52 -}}
{{- fail (printf "%s: with the name of the release it is longer than the 52 characters of a CronJob" $where) -}}
{{- end -}}
{{- $spool := $collector.spool | default dict -}}
{{- if eq $collector.kind "CronJob" -}}
{{- if not $collector.schedule }}{{ fail (printf "%s: a CronJob needs schedule" $where) }}{{ end -}}
{{- if $collector.replicas }}{{ fail (printf "%s: replicas are for kind Agent" $where) }}{{ end -}}
{{- if and $spool (not $spool.persistent) -}}
{{- fail (printf "%s: the spool of a CronJob must be persistent: what a pod keeps goes with it" $where) -}}
{{- end -}}
{{- else -}}
{{- if or $collector.schedule $collector.timeZone -}}
{{- fail (printf "%s: schedule and timeZone are for kind CronJob; an Agent has options.interval" $where) -}}
{{- end -}}
{{- if and $spool.persistent (gt (int ($collector.replicas | default 1)) 1) -}}
{{- fail (printf "%s: a persistent spool is for one collector; set replicas to 1" $where) -}}
{{- end -}}
{{- end -}}
{{- if and (hasKey ($collector.options | default dict) "interval") (eq $collector.kind "CronJob") -}}
{{- fail (printf "%s: options.interval is for kind Agent; a CronJob has schedule" $where) -}}
{{- end -}}
{{- end -}}
{{- end }}
