package dev.trunkline.router.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundReaderTest {
    private final List<Fault> faults = new ArrayList<>();

    private OutboundDefinition read(String yaml) throws Exception {
        return OutboundReader.read(new Fields(new YAMLMapper().readTree(yaml), "", faults));
    }

    @Test
    void theShortestTrunkHasTheUsualDefaults() throws Exception {
        OutboundDefinition trunk = read("{name: pbx, gateways: [{host: 192.0.2.7}]}");
        assertThat(faults).isEmpty();
        assertThat(trunk.organisation()).isEmpty();
        assertThat(trunk.terms().registration()).isEmpty();
        assertThat(trunk.terms().callerId().place()).isEqualTo(CallerIdPlace.FROM);
        assertThat(trunk.terms().dialling().form()).isEqualTo(NumberForm.E164);
        assertThat(trunk.terms().srtp()).isEqualTo(SrtpUse.OFF);
        assertThat(trunk.terms().gateways()).singleElement().satisfies(gateway -> {
            assertThat(gateway.order()).isZero();
            assertThat(gateway.weight()).isEqualTo(1);
            assertThat(gateway.port()).isEmpty();
        });
    }

    @Test
    void everyFieldIsReadAndWrittenAsItWas() throws Exception {
        String yaml = """
                name: carrier
                organisation: demo
                inbound_trunk: carrier-in
                gateways:
                  - {host: sip.carrier.example, port: 5061, transport: tls, order: 0, weight: 10}
                  - {host: '2001:db8::1', order: 1, weight: 1}
                outbound_proxy: {host: proxy.carrier.example, order: 0, weight: 1}
                register: true
                register_expires_seconds: 600
                contact_user: '+3225550100'
                caller_id: {in: p-asserted-identity, number: '+3225550100', pass: true, from_user: 4711, from_domain: carrier.example}
                dialling: {form: national, country: BE, strip: '00', add: '0', follow_redirects: true}
                codecs: [PCMA, opus]
                srtp: require
                max_concurrent_calls: 30
                max_calls_per_second: 5
                allowed: {countries: [BE, NL], prefixes: []}
                forbidden: {countries: [], prefixes: ['+32800']}
                attributes_to_headers: {outcome: X-Outcome}
                account: {username: anna, password: correct horse}
                """.replace("from_user: 4711", "from_user: '4711'");
        JsonNode written = new YAMLMapper().readTree(yaml);
        OutboundDefinition trunk = read(yaml);
        assertThat(faults).isEmpty();
        assertThat(OutboundForm.write(trunk)).isEqualTo(written);
        assertThat(OutboundForm.writeTerms(trunk.terms()).toString()).as("kept without the secret").doesNotContain("horse", "anna");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{name: a} | gateways | is missing",
        "{name: a, gateways: []} | gateways | is missing",
        "{name: a, gateways: [{host: 'a b'}]} | gateways[0].host | write a name",
        "{name: a, gateways: [{host: '300.1.1.1'}]} | gateways[0].host | write a name",
        "{name: a, gateways: [{host: 'a.example:5060'}]} | gateways[0].host | without port",
        "{name: a, gateways: [{host: a.example, port: 70000}]} | gateways[0].port | from 1 to 65535",
        "{name: a, gateways: [{host: a.example, transport: ws}]} | gateways[0].transport | write one of udp, tcp, tls",
        "{name: a, gateways: [{host: a.example, wait: 1}]} | gateways[0].wait | is not known here",
        "{name: a, gateways: [{host: a.example}], register: true} | account | a trunk that registers needs",
        "{name: a, gateways: [{host: a.example}], contact_user: b} | register | write true",
        "{name: a, gateways: [{host: a.example}], register_expires_seconds: 5} | register_expires_seconds | from 30",
        "{name: a, gateways: [{host: a.example}], account: {username: a}} | account.password | is missing",
        "{name: a, gateways: [{host: a.example}], account: {username: 'a:b', password: c}} | account.username | without colon",
        "{name: a, gateways: [{host: a.example}], account: {username: a, ha1_md5: zz, realm: r}} | account.ha1_md5 | 32 hexadecimal",
        "{name: a, gateways: [{host: a.example}], account: {username: a, ha1_md5: 00000000000000000000000000000000a}} | account.realm | is missing",
        "{name: a, gateways: [{host: a.example}], srtp: maybe} | srtp | write one of off, offer, require",
        "{name: a, gateways: [{host: a.example}], caller_id: {in: to}} | caller_id.in | write one of from, p-asserted-identity",
        "{name: a, gateways: [{host: a.example}], dialling: {form: national}} | dialling.country | is missing",
        "{name: a, gateways: [{host: a.example}], dialling: {country: XX}} | dialling.country | ISO 3166",
        "{name: a, gateways: [{host: a.example}], allowed: {countries: [XX]}} | allowed.countries[0] | ISO 3166",
        "{name: a, gateways: [{host: a.example}], forbidden: {prefixes: ['0900']}} | forbidden.prefixes[0] | as E.164 has them",
        "{name: a, gateways: [{host: a.example}], allowed: {}} | allowed | says nothing",
        "{name: a, gateways: [{host: a.example}], codecs: [GSM]} | codecs[0] | write one of PCMU",
    })
    void whatIsWrongIsSaidAtItsPlace(String yaml, String path, String words) throws Exception {
        read(yaml);
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.problem()).contains(words);
        });
    }
}
