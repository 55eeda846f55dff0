{{/* One variable from the suite's Secret. */}}
{{- define "trunkline.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "trunkline.secret" .root }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end }}

{{/* Variables of every service. dict root, service, what, values */}}
{{- define "trunkline.env.common" -}}
- name: TRUNKLINE_INSTANCE
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: TRUNKLINE_BIND
  valueFrom: {fieldRef: {fieldPath: status.podIP}}
- name: QUARKUS_HTTP_PORT
  value: {{ .what.http | quote }}
{{- if .root.Values.logs.json }}
- name: TRUNKLINE_LOG_JSON
  value: "true"
{{- end }}
{{- if has "kafka" .what.needs }}
- name: TRUNKLINE_KAFKA
  value: {{ include "trunkline.kafka.bootstrap" .root | quote }}
{{- if include "trunkline.kafka.tls" .root }}
- name: TRUNKLINE_KAFKA_TLS
  value: "true"
{{- if include "trunkline.kafka.ca" .root }}
- name: TRUNKLINE_KAFKA_TRUST
  value: /etc/trunkline/kafka/ca.crt
{{- end }}
{{- end }}
{{- if or .root.Values.kafka.strimzi.enabled .root.Values.kafka.users.enabled }}
- name: TRUNKLINE_KAFKA_USER
  value: {{ .service }}
- name: TRUNKLINE_KAFKA_MECHANISM
  value: {{ .root.Values.kafka.users.mechanism }}
- name: TRUNKLINE_KAFKA_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ printf .root.Values.kafka.users.secret .service }}
      key: password
{{- end }}
{{- end }}
{{- if and .what.traces .root.Values.traces.url }}
- name: TRUNKLINE_TRACES
  value: {{ .root.Values.traces.url | quote }}
- name: TRUNKLINE_TRACES_SHARE
  value: {{ .root.Values.traces.share | quote }}
{{- end }}
{{- if .what.drains }}
- name: TRUNKLINE_DRAIN
  value: {{ printf "%ds" (int .values.drainSeconds) }}
{{- end }}
{{- end }}

{{- define "trunkline.env.livekit" -}}
- name: LIVEKIT_URL
  value: {{ include "trunkline.livekit.url" .root | quote }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "LIVEKIT_API_KEY" "key" "livekit-api-key") }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "LIVEKIT_API_SECRET" "key" "livekit-api-secret") }}
{{- end }}

{{/* Seal key, and, while it is being changed, a second one that only opens. */}}
{{- define "trunkline.env.seal" -}}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_SEAL_KEY" "key" "seal-key") }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_SEAL_KEY_ALSO" "key" "seal-key-also" "optional" true) }}
{{- end }}

{{- define "trunkline.env.pseudonym" -}}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_PSEUDONYM_KEY" "key" "pseudonym-key") }}
{{- end }}

{{/* Outside address of each node, or of each pod that has a load balancer; the expression in _ADVERTISED refers to these variables. */}}
{{- define "trunkline.env.addresses" -}}
- name: TRUNKLINE_NODE
  valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
{{- range $name, $address := .network.addresses }}
- name: TRUNKLINE_ADDRESS_OF_{{ regexReplaceAll "[^A-Z0-9]" ($name | upper) "_" }}
  value: {{ $address | quote }}
{{- end }}
{{- end }}

{{- define "trunkline.env.sip-edge" -}}
{{ include "trunkline.env.seal" . }}
{{ include "trunkline.env.pseudonym" . }}
- name: TRUNKLINE_SIP_PORT
  value: {{ .root.Values.sip.port | quote }}
- name: TRUNKLINE_SIP_TRANSPORTS
  value: {{ join "," .root.Values.sip.transports | quote }}
{{- with .root.Values.sip.network.addresses }}
{{ include "trunkline.env.addresses" (dict "network" $.root.Values.sip.network) }}
- name: TRUNKLINE_SIP_ADVERTISED
  value: {{ include "trunkline.advertised" $.root.Values.sip.network | trim | quote }}
{{- end }}
{{- with .root.Values.sip.advertisedNetworks }}
- name: TRUNKLINE_SIP_ADVERTISED_NETWORKS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .root.Values.sip.homer }}
- name: TRUNKLINE_SIP_HOMER_ADDRESS
  value: {{ . | quote }}
{{- end }}
{{- if has "tls" .root.Values.sip.transports }}
- name: TRUNKLINE_SIP_TLS_PORT
  value: {{ .root.Values.sip.tls.port | quote }}
- name: TRUNKLINE_SIP_TLS_CERTIFICATE
  value: /etc/trunkline/tls/tls.crt
- name: TRUNKLINE_SIP_TLS_KEY
  value: /etc/trunkline/tls/tls.key
- name: TRUNKLINE_SIP_TLS_CLIENTS
  value: {{ .root.Values.sip.tls.clients }}
{{- end }}
{{- end }}

{{- define "trunkline.env.media-relay" -}}
{{ include "trunkline.env.seal" . }}
{{ include "trunkline.env.livekit" . }}
- name: TRUNKLINE_RTP_PORTS
  value: {{ printf "%d-%d" (int .root.Values.rtp.firstPort) (int .root.Values.rtp.lastPort) | quote }}
- name: TRUNKLINE_RELAY_MAX_CALLS
  value: {{ .root.Values.rtp.callsPerRelay | quote }}
{{- if .root.Values.rtp.soundsConfigMap }}
- name: TRUNKLINE_MEDIA_SOUNDS
  value: /etc/trunkline/sounds
{{- end }}
{{- with .root.Values.rtp.network.addresses }}
{{ include "trunkline.env.addresses" (dict "network" $.root.Values.rtp.network) }}
- name: TRUNKLINE_RTP_ADVERTISED
  value: {{ include "trunkline.advertised" $.root.Values.rtp.network | trim | quote }}
{{- end }}
{{- end }}

{{- define "trunkline.env.call-router" -}}
{{ include "trunkline.env.seal" . }}
{{ include "trunkline.env.pseudonym" . }}
- name: TRUNKLINE_POSTGRES_URL
  value: {{ include "trunkline.postgres.url" (dict "root" .root "database" "trunkline" "url" .root.Values.postgres.routerUrl) | quote }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_POSTGRES_USER" "key" "postgres-router-user") }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_POSTGRES_PASSWORD" "key" "postgres-router-password") }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_TENANT_LOGIN_USER" "key" "postgres-tenants-user" "optional" (not .root.Values.postgres.cloudNativePg.enabled)) }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_TENANT_LOGIN_PASSWORD" "key" "postgres-tenants-password" "optional" (not .root.Values.postgres.cloudNativePg.enabled)) }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_ADMIN_TOKEN" "key" "admin-token") }}
{{- with .root.Values.openId.issuer }}
- name: TRUNKLINE_AUTH_ISSUER
  value: {{ . | quote }}
- name: TRUNKLINE_AUTH_JWKS_URL
  value: {{ $.root.Values.openId.jwksUrl | quote }}
- name: TRUNKLINE_AUTH_AUDIENCE
  value: {{ $.root.Values.openId.audience | quote }}
{{- end }}
{{- end }}

{{- define "trunkline.env.rate-limiter" -}}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_REDIS" "key" "redis-url") }}
- name: TRUNKLINE_SUITE_CALLS
  value: {{ .root.Values.suiteCalls | quote }}
{{- end }}

{{- define "trunkline.env.agent-dispatcher" -}}
{{ include "trunkline.env.livekit" . }}
{{- end }}

{{- define "trunkline.env.console" -}}
- name: TRUNKLINE_CONSOLE_POSTGRES_URL
  value: {{ include "trunkline.postgres.url" (dict "root" .root "database" "trunkline_console" "url" .root.Values.postgres.consoleUrl) | quote }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_CONSOLE_POSTGRES_USER" "key" "postgres-console-user") }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_CONSOLE_POSTGRES_PASSWORD" "key" "postgres-console-password") }}
- name: TRUNKLINE_CONSOLE_ROUTER_URL
  value: {{ printf "http://%s-call-router:7580" (include "trunkline.name" .root) | quote }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_ADMIN_TOKEN" "key" "admin-token") }}
{{ include "trunkline.env.pseudonym" . }}
{{ include "trunkline.env.livekit" . }}
{{- with .root.Values.livekit.browserUrl }}
- name: TRUNKLINE_CONSOLE_LIVEKIT_URL
  value: {{ . | quote }}
{{- end }}
- name: TRUNKLINE_CONSOLE_ACCOUNTS_ADMIN_ROLE
  value: admin
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_CONSOLE_ACCOUNTS_ADMIN_PASSWORD" "key" "console-admin-password") }}
{{- with .root.Values.openId.console }}
{{- if .clientId }}
- name: TRUNKLINE_CONSOLE_URL
  value: {{ required "openId.console.url: https://console.example.com, where people reach the console" .url | quote }}
- name: TRUNKLINE_CONSOLE_OIDC_ISSUER
  value: {{ required "openId.issuer: the provider of openId.console.clientId" $.root.Values.openId.issuer | quote }}
- name: TRUNKLINE_CONSOLE_OIDC_CLIENT_ID
  value: {{ .clientId | quote }}
{{ include "trunkline.fromSecret" (dict "root" $.root "name" "TRUNKLINE_CONSOLE_OIDC_CLIENT_SECRET" "key" "console-oidc-secret" "optional" true) }}
- name: TRUNKLINE_CONSOLE_OIDC_ROLES
  value: {{ .roles | quote }}
- name: TRUNKLINE_CONSOLE_OIDC_ROLE_CLAIM
  value: {{ .roleClaim | quote }}
- name: TRUNKLINE_CONSOLE_OIDC_ORGANISATION_CLAIM
  value: {{ .organisationClaim | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "trunkline.env.livekit-sip-api" -}}
{{- if .root.Values.livekit.server.enabled }}{{ fail "services.livekit-sip-api: livekit.server has no Redis by which LiveKit would ask; give livekit.url of a LiveKit of yours, and livekit-redis-url" }}{{ end }}
{{- include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_LIVEKIT_SIP_REDIS" "key" "livekit-redis-url") }}
- name: TRUNKLINE_LIVEKIT_SIP_ROUTER_URL
  value: {{ printf "http://%s-call-router:7580" (include "trunkline.name" .root) | quote }}
{{ include "trunkline.fromSecret" (dict "root" .root "name" "TRUNKLINE_ADMIN_TOKEN" "key" "admin-token") }}
{{- end }}

{{- define "trunkline.postgres.url" -}}
{{- if .root.Values.postgres.cloudNativePg.enabled }}jdbc:postgresql://{{ include "trunkline.name" .root }}-postgres-rw:5432/{{ .database }}?sslmode=require{{ else }}{{ required (printf "postgres.routerUrl and postgres.consoleUrl: jdbc:postgresql://host:5432/%s, or postgres.cloudNativePg.enabled: true" .database) .url }}{{ end }}
{{- end }}
