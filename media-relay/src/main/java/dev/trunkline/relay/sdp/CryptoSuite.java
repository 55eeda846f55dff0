package dev.trunkline.relay.sdp;

/** The suites of RFC 4568 that are supported with phones, by their names in SDP. */
public enum CryptoSuite {
    AES_CM_128_HMAC_SHA1_80,
    AES_CM_128_HMAC_SHA1_32
}
