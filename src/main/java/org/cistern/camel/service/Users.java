package org.cistern.camel.service;

import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.cistern.camel.call.ClientCall;
import org.cistern.freshness.Asked;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.forwarding.TrustedProxies;
import org.cistern.http.uri.Request;
import org.cistern.rule.Credentials;
import org.cistern.rule.Identity;
import org.cistern.rule.IdentityResult;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Knows whose a request is, for rules that keep entries per user. */
public final class Users {

  private final Identity identity;
  private final TrustedProxies proxies;

  /** Makes it of the cluster's hashing and the proxies that are believed. */
  public Users(Identity identity, TrustedProxies proxies) {
    this.identity = identity;
    this.proxies = proxies;
  }

  /** Returns the request with its user, or with the reason why none is known. */
  public Asked identify(ClientCall call, RequestDirectives directives, Rule rule) {
    IdentityResult who = identity.of(rule, new Brought(call));
    return new Asked(call, directives, rule, who.hash(), who.expires(), who.named());
  }

  /** What a client's request brings along. */
  private final class Brought implements Credentials {

    private final ClientCall call;

    private Brought(ClientCall call) {
      this.call = call;
    }

    @Override
    public Request request() {
      return call;
    }

    @Override
    public boolean fromTrustedProxy() {
      return proxies.trusts(call.request().remoteAddress().hostAddress());
    }

    @Override
    public @Nullable String certificate() {
      HttpServerRequest request = call.request();
      SSLSession session = request.isSSL() ? request.sslSession() : null;
      return session == null ? null : fingerprint(session);
    }

    private static @Nullable String fingerprint(SSLSession session) {
      try {
        Certificate[] chain = session.getPeerCertificates();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(chain[0].getEncoded()));
      } catch (SSLPeerUnverifiedException nobody) {
        return null;
      } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
        throw new IllegalStateException("a verified certificate has no fingerprint", e);
      }
    }
  }
}
