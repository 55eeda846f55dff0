package dev.trunkline.router.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A token, in the form of a response by RFC 6749 section 5.1.
 *
 * @param accessToken a JSON Web Token
 * @param expiresIn seconds
 */
public record IssuedToken(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn) {

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "IssuedToken[" + expiresIn + " s]";
    }
}
