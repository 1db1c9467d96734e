{{/* The release's name, which says sidetrace once. */}}
{{- define "sidetrace.name" -}}
{{- if contains "sidetrace" .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-sidetrace" (.Release.Name | trunc 40 | trimSuffix "-") -}}
{{- end -}}
{{- end -}}

{{- define "sidetrace.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/name: sidetrace
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
{{- end -}}

{{/* What selects the pods of one mode; takes (list root mode). */}}
{{- define "sidetrace.selector" -}}
app.kubernetes.io/name: sidetrace
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* An image's reference; takes (list root image). */}}
{{- define "sidetrace.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end -}}

{{/* A pod of the operator in one mode; takes (list root mode values). */}}
{{- define "sidetrace.pod" -}}
{{- $root := index . 0 -}}
{{- $mode := index . 1 -}}
{{- $values := index . 2 -}}
{{- $name := include "sidetrace.name" $root -}}
metadata:
  labels:
    {{- include "sidetrace.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ $mode }}
spec:
  serviceAccountName: {{ $name }}-{{ $mode }}
  terminationGracePeriodSeconds: 30
  {{- with $root.Values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels: {{- include "sidetrace.selector" (list $root $mode) | nindent 16 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: operator
      image: {{ include "sidetrace.image" (list $root $root.Values.operator.image) | quote }}
      imagePullPolicy: {{ $root.Values.operator.image.pullPolicy }}
      args: [{{ $mode }}]
      env:
        - name: OPERATOR_NAMESPACE
          valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
        - name: SIDECAR_IMAGE
          value: {{ include "sidetrace.image" (list $root $root.Values.sidecar.image) | quote }}
        - name: SIDECAR_IMAGE_PULL_POLICY
          value: {{ $root.Values.sidecar.image.pullPolicy }}
        - name: WEBHOOK_SERVICE
          value: {{ $name }}-webhook
        - name: WEBHOOK_SECRET
          value: {{ $name }}-webhook-tls
        - name: WEBHOOK_CONFIGURATION
          value: {{ $name }}
        - name: CONTROLLER_LEASE
          value: {{ $name }}-controller
        - name: LOG_LEVEL
          value: {{ $root.Values.operator.logLevel }}
      ports:
        - {name: health, containerPort: 8081}
        {{- if eq $mode "webhook" }}
        - {name: webhook, containerPort: 8443}
        {{- end }}
      startupProbe:
        httpGet: {path: /healthz, port: health}
        periodSeconds: 1
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /healthz, port: health}
        periodSeconds: 10
        timeoutSeconds: 5 # a node that is short of CPU gets no better by a restart
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /readyz, port: health}
        periodSeconds: 2
        failureThreshold: 2
      resources: {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: tmp
      emptyDir: {}
{{- end -}}
