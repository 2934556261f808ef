package org.cistern.upstream.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How https instances are trusted, and how Cistern shows itself to them.
 *
 * @param ca a PEM file with the authorities to trust, or null for those of the JDK
 * @param certificate a PEM file with Cistern's own certificate and chain, or null for none
 * @param key a PEM file (PKCS#8) with its key; there where the certificate is
 * @param verifyHost whether the certificate must name the host
 */
public record TlsOptions(
    @Nullable Path ca, @Nullable Path certificate, @Nullable Path key, boolean verifyHost) {

  /** Returns trust in the JDK's authorities, hosts verified, no certificate of our own. */
  public static TlsOptions defaults() {
    return new TlsOptions(null, null, null, true);
  }
}
