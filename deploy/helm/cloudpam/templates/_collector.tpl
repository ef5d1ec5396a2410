{{/* The pod of a collector. Arguments: root, name, collector, labels. */}}
{{- define "cloudpam.collectorPod" -}}
{{- $agent := eq .collector.kind "Agent" -}}
{{- $full := printf "%s-collector-%s" (include "cloudpam.fullname" .root) .name -}}
{{- $options := .collector.options | default dict -}}
{{- $service := printf "http://%s:%v" (include "cloudpam.fullname" .root) .root.Values.service.port -}}
{{- $resources := fromYaml "{requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 512Mi}}" -}}
metadata:
  labels:
    {{- .labels | nindent 4 }}
    {{- with .collector.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .collector.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ $full }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  restartPolicy: {{ ternary "Always" "Never" $agent }}
  # Longer than the option scope-timeout: the scope that was begun is finished.
  terminationGracePeriodSeconds: {{ add 30 (get $options "scope-timeout" | default 120) }}
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- include "cloudpam.podSecurity" 65532 | nindent 4 }}
  containers:
    - name: collector
      image: {{ include "cloudpam.image" (dict "image" .root.Values.collectorImage "version" .root.Chart.AppVersion) }}
      imagePullPolicy: {{ .root.Values.collectorImage.pullPolicy }}
      args:
        - {{ ternary "agent" "run" $agent }}
        - --provider={{ join "," .collector.provider }}
        {{- range $name, $value := $options }}
        {{- if kindIs "bool" $value }}
        {{- if $value }}
        - --{{ $name }}
        {{- end }}
        {{- else }}
        - {{ printf "--%s=%s" $name (kindIs "slice" $value | ternary (join "," $value) (toString $value)) | quote }}
        {{- end }}
        {{- end }}
      env:
        - name: CLOUDPAM_SERVER
          value: {{ .collector.server | default $service }}
        {{- $token := .collector.token | default (dict "existingSecret" (include "cloudpam.secretName" .root) "key" "collector-token") }}
        {{- include "cloudpam.secretVariable" (list "CLOUDPAM_TOKEN" $token.existingSecret $token.key) | nindent 8 }}
        {{- if $agent }}
        - name: CLOUDPAM_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: CLOUDPAM_HEALTH_FILE
          value: /tmp/health
        {{- end }}
        {{- with .collector.spool }}
        - name: CLOUDPAM_SPOOL
          value: /var/lib/cloudpam/spool
        - name: CLOUDPAM_SPOOL_LIMIT
          value: {{ .megabytes | quote }}
        {{- end }}
        {{- range $name, $value := .collector.env }}
        - name: {{ $name }}
          value: {{ quote $value }}
        {{- end }}
      {{- if $agent }}
      livenessProbe:
        exec:
          command:
            - /nodejs/bin/node
            - -e
            - 'process.exit(Date.now() - require("fs").statSync("/tmp/health").mtimeMs < 180000 ? 0 : 1)'
        initialDelaySeconds: 120
        periodSeconds: 60
        timeoutSeconds: 10
      {{- end }}
      resources:
        {{- .collector.resources | default $resources | toYaml | nindent 8 }}
      securityContext:
        {{- include "cloudpam.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if .collector.spool }}
        - name: spool
          mountPath: /var/lib/cloudpam/spool
        {{- end }}
        {{- with .collector.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    {{- with .collector.spool }}
    - name: spool
      {{- if .persistent }}
      persistentVolumeClaim:
        claimName: {{ $full }}
      {{- else }}
      emptyDir:
        sizeLimit: {{ include "cloudpam.spoolSize" . }}
      {{- end }}
    {{- end }}
    {{- with .collector.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .collector.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .collector.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* A tenth more than what the collector fills. */}}
{{- define "cloudpam.spoolSize" -}}
{{ div (mul .megabytes 11) 10 }}M
{{- end }}
