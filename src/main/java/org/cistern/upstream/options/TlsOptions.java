package org.cistern.upstream.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** Returns a sentence for each thing that is wrong with the files; empty where all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    unreadable(problems, "the CA file", ca);
    unreadable(problems, "the client certificate", certificate);
    unreadable(problems, "the client key", key);
    if ((certificate == null) != (key == null)) {
      problems.add("A client certificate and its key go together; only one of them is set.");
    }
    return problems;
  }

  private static void unreadable(List<String> problems, String what, @Nullable Path file) {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      problems.add(
          "TLS to the upstream: %s \"%s\" is no readable file; a PEM file is wanted."
              .formatted(what, file));
    }
  }
}
