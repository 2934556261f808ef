package org.cistern.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate with its key, made by the JDK's own keytool in a folder. */
public final class FakeCertificate {

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final String name;
  private final KeyStore store;

  private FakeCertificate(Path folder, String name) throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.name = name;
    this.store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      store.load(in, PASSWORD.toCharArray());
    }
    pem("CERTIFICATE", certificate(), store.getCertificate(name).getEncoded());
    pem("PRIVATE KEY", key(), store.getKey(name, PASSWORD.toCharArray()).getEncoded());
  }

  /** Makes one for a host name, in files named after it. */
  public static FakeCertificate make(Path folder, String host) {
    try {
      run(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair -keyalg EC -groupname secp256r1 -validity 3650 -storetype PKCS12 -storepass "
              + PASSWORD
              + " -alias %1$s -dname CN=%1$s -ext san=dns:%1$s -keystore ".formatted(host)
              + folder.resolve(host + ".p12"));
      return new FakeCertificate(folder, host);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(String program, String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + output);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pem(String kind, Path file, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  /** Returns the PEM file with the certificate. */
  public Path certificate() {
    return folder.resolve(name + ".crt");
  }

  /** Returns the PEM file with the key. */
  public Path key() {
    return folder.resolve(name + ".key");
  }

  /** Returns the PKCS#12 file with both. */
  public Path store() {
    return folder.resolve(name + ".p12");
  }

  /**
   * Returns what a server with this certificate needs, that trusts the other one in its clients.
   */
  public SSLContext server(@Nullable FakeCertificate trusted) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD.toCharArray());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted == null ? store : trusted.trusting());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore trusting() throws GeneralSecurityException, IOException {
    KeyStore trusting = KeyStore.getInstance("PKCS12");
    trusting.load(null, null);
    trusting.setCertificateEntry(name, store.getCertificate(name));
    return trusting;
  }
}
