package dev.trunkline.sip.transport.tls;

import dev.trunkline.sip.message.SipUri;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The names that a certificate represents in SIP (RFC 5922 section 7.1). */
public final class PeerNames {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private PeerNames() {}

    /** @return empty if the peer presented no certificate, or none was requested */
    public static Set<String> of(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate first ? of(first) : Set.of();
        } catch (SSLPeerUnverifiedException e) {
            return Set.of();
        }
    }

    /**
     * Returns whether the peer is the one that was requested (RFC 5922 section 7.2): one of its names matches, without
     * wildcards, or its certificate contains the requested address.
     *
     * @param asked a host name or an address, IPv6 without brackets
     */
    public static boolean isNamed(SSLSession session, String asked) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate first
                    && (of(first).contains(asked.toLowerCase(Locale.ROOT)) || hasAddress(first, asked));
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static boolean hasAddress(X509Certificate certificate, String asked) {
        try {
            InetAddress wanted = InetAddress.ofLiteral(asked);
            return alternatives(certificate).stream()
                    .anyMatch(name -> name.get(0) instanceof Integer kind
                            && kind == ADDRESS
                            && name.get(1) instanceof String value
                            && InetAddress.ofLiteral(value).equals(wanted));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the SIP URIs without a user and the DNS names of the subjectAltName, in this order of preference; the subject's
     * common name only if it has neither. Lower case.
     */
    static Set<String> of(X509Certificate certificate) {
        var names = new LinkedHashSet<String>();
        var dns = new LinkedHashSet<String>();
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0) instanceof Integer kind && name.get(1) instanceof String value) {
                if (kind == URI && value.regionMatches(true, 0, "sip:", 0, 4) && value.indexOf('@') < 0) {
                    names.add(SipUri.parse(value).host().toLowerCase(Locale.ROOT));
                } else if (kind == DNS) {
                    dns.add(value.toLowerCase(Locale.ROOT));
                }
            }
        }
        names.addAll(dns);
        return names.isEmpty() ? commonName(certificate) : names;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static Set<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString().toLowerCase(Locale.ROOT))
                            .findFirst()
                            .map(Set::of)
                            .orElse(Set.of());
        } catch (InvalidNameException e) {
            return Set.of();
        }
    }
}
