{{- define "trunkline.name" -}}
{{- if contains "trunkline" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-trunkline" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Descriptions of the enabled services (files/services.yaml), as JSON for fromJson. */}}
{{- define "trunkline.services" -}}
{{- $on := dict }}
{{- range $name, $what := .Files.Get "files/services.yaml" | fromYaml }}
{{- $values := get $.Values.services $name | default dict }}
{{- if get $values "enabled" }}{{ $_ := set $on $name $what }}{{ end }}
{{- end }}
{{- toJson $on }}
{{- end }}

{{- define "trunkline.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: trunkline
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
{{- end }}

{{/* Labels of a resource of one service. dict root, service */}}
{{- define "trunkline.labels.of" -}}
{{ include "trunkline.labels" .root }}
app.kubernetes.io/name: {{ .service }}
{{- end }}

{{/* dict root, service */}}
{{- define "trunkline.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "trunkline.secret" -}}
{{ .Values.secrets.existingSecret | default (printf "%s-secrets" (include "trunkline.name" .)) }}
{{- end }}

{{/* Bootstrap servers of Kafka: the chart's own, or those in the values. */}}
{{- define "trunkline.kafka.bootstrap" -}}
{{- if .Values.kafka.strimzi.enabled }}{{ include "trunkline.name" . }}-kafka-bootstrap:9093{{ else }}{{ required "kafka.bootstrap: host:port of your Kafka, or kafka.strimzi.enabled: true" .Values.kafka.bootstrap }}{{ end }}
{{- end }}

{{- define "trunkline.kafka.tls" -}}
{{- if or .Values.kafka.strimzi.enabled .Values.kafka.tls }}true{{ end }}
{{- end }}

{{/* Name of the Secret with the CA of Kafka's certificates in ca.crt, or nothing. */}}
{{- define "trunkline.kafka.ca" -}}
{{- if .Values.kafka.strimzi.enabled }}{{ include "trunkline.name" . }}-cluster-ca-cert{{ else }}{{ .Values.kafka.caSecret }}{{ end }}
{{- end }}

{{- define "trunkline.livekit.url" -}}
{{- if .Values.livekit.server.enabled }}ws://{{ include "trunkline.name" . }}-livekit:7880{{ else }}{{ required "livekit.url: ws(s)://… of your LiveKit server, or livekit.server.enabled: true" .Values.livekit.url }}{{ end }}
{{- end }}

{{/*
An expression that the service's own configuration resolves: the outside address of its node or, if the pod has its own load
balancer, of the pod. It refers to the variables TRUNKLINE_ADDRESS_OF_<NAME>, which are set next to it.
*/}}
{{- define "trunkline.advertised" -}}
{{- if eq .mode "loadBalancer" }}{{ print "${trunkline.address.of.${TRUNKLINE_INSTANCE}}" }}{{ else }}{{ print "${trunkline.address.of.${TRUNKLINE_NODE}}" }}{{ end }}
{{- end }}
