package org.cistern.camel.identity;

/**
 * What a token has to say to be believed.
 *
 * @param issuer the value of {@code iss}
 * @param audience one of the values of {@code aud}
 */
public record TokenRules(String issuer, String audience) {}
