package org.cistern.camel.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks whether PEM files have what a server will read from them. */
final class Pem {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([^-]+)-----END ");
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private Pem() {}

  /**
   * Returns the file where it has at least one certificate, and every one of them can be read.
   *
   * @throws IllegalArgumentException where that is not so
   */
  static Path certificates(Path file) {
    if (chain(file).isEmpty()) {
      throw new IllegalArgumentException("no certificate in " + file);
    }
    return file;
  }

  /**
   * Returns the file where it has a private key without a password.
   *
   * @throws IllegalArgumentException where that is not so
   */
  static Path key(Path file) {
    Matcher matcher = KEY.matcher(text(file));
    if (!matcher.find()) {
      throw new IllegalArgumentException("no private key in " + file);
    }
    bytes(matcher.group(2));
    return file;
  }

  /** Tells whether the key is that of the first certificate; true where it is not known. */
  static boolean belong(Path certificates, Path key) {
    PublicKey known = chain(certificates).get(0).getPublicKey();
    String algorithm = SIGNATURES.get(known.getAlgorithm());
    Matcher matcher = KEY.matcher(text(key));
    // The older forms of keys have no parser in the JDK.
    if (algorithm == null || !matcher.find() || !String.valueOf(matcher.group(1)).isEmpty()) {
      return true;
    }
    try {
      return signs(algorithm, known, bytes(matcher.group(2)));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean signs(String algorithm, PublicKey known, byte[] key)
      throws GeneralSecurityException {
    PrivateKey secret =
        KeyFactory.getInstance(known.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    return signature.verify(signed);
  }

  private static List<Certificate> chain(Path file) {
    List<Certificate> chain = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(text(file));
    while (matcher.find()) {
      chain.add(certificate(bytes(matcher.group(1))));
    }
    return chain;
  }

  private static Certificate certificate(byte[] bytes) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] bytes(@Nullable String base64) {
    return Base64.getMimeDecoder().decode(base64 == null ? "" : base64);
  }

  /** Any byte is a character here, so that a binary file is one without certificates. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
