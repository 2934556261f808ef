package org.cistern.camel.identity;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.rule.TokenVerifier;
import org.cistern.upstream.options.UpstreamUrls;
import org.jspecify.annotations.Nullable;

/** Makes the verifier of bearer tokens that the settings ask for. */
public final class TokenSetup {

  private TokenSetup() {}

  /**
   * Returns the verifier: with the keys of a file, with those of a server, or one that believes no
   * token where neither is set.
   *
   * @throws SettingsException where the file has no keys or the URL is none
   */
  public static TokenVerifier of(Settings settings, Vertx vertx, InstantSource clock) {
    Path file = settings.path(Setting.JWT_JWKS_FILE);
    String url = settings.text(Setting.JWT_JWKS_URL);
    if (file == null && url.isEmpty()) {
      return TokenVerifier.NONE;
    }
    TokenRules rules =
        new TokenRules(settings.text(Setting.JWT_ISSUER), settings.text(Setting.JWT_AUDIENCE));
    VerifiedTokens tokens = new VerifiedTokens(rules, clock);
    if (file != null) {
      read(file, tokens);
    } else {
      new KeyServer(vertx, parsed(url), tokens, clock).start();
    }
    return tokens;
  }

  private static void read(Path file, VerifiedTokens tokens) {
    int keys = -1;
    try {
      keys = tokens.use(JWKSet.load(file.toFile()));
    } catch (IOException | ParseException e) {
      throw refused(Setting.JWT_JWKS_FILE, file.toString(), "a JSON Web Key Set");
    }
    if (keys == 0) {
      throw refused(
          Setting.JWT_JWKS_FILE, file.toString(), "a key set with at least one public key");
    }
  }

  private static URI parsed(String url) {
    URI parsed = null;
    try {
      parsed = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw refused(Setting.JWT_JWKS_URL, url, "an http or https URL");
    }
    if (!isHttp(parsed.getScheme()) || parsed.getHost() == null) {
      throw refused(Setting.JWT_JWKS_URL, url, "an http or https URL");
    }
    return parsed;
  }

  private static boolean isHttp(@Nullable String scheme) {
    return "http".equals(scheme) || "https".equals(scheme);
  }

  private static SettingsException refused(Setting setting, String value, String allowed) {
    return new SettingsException(
        List.of(setting.key() + " is '" + UpstreamUrls.masked(value) + "'; allowed is " + allowed));
  }
}
