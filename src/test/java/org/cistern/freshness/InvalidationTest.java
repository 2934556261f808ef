package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.TARGET;
import static org.cistern.freshness.Fixture.request;

import java.util.Set;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Invalidation (RFC 9111 section 4.4, RFC 9875)")
class InvalidationTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "M-SEARCH", "FOO", "get"})
    @DisplayName("4.4: unsafe and unknown methods invalidate their target")
    void unsafeMethodsInvalidate(String method) {
      assertThat(Invalidation.of(request(method), 204, Headers.empty(), Set.of()).targets())
          .containsExactly(TARGET);
      assertThat(Invalidation.ofUnknownOutcome(request(method)).targets()).containsExactly(TARGET);
    }

    @ParameterizedTest
    @CsvSource({
      "GET,200",
      "HEAD,200",
      "OPTIONS,200",
      "SEARCH,200",
      "POST,400",
      "POST,500",
      "PUT,103"
    })
    @DisplayName("4.4: safe methods and errors invalidate nothing")
    void theRestDoesNot(String method, int status) {
      Headers response = Headers.of("Location", "/x", "Cache-Group-Invalidation", "\"g\"");
      assertThat(Invalidation.of(request(method), status, response, Set.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://api.example.org/x",
          "https://other.example.org/x",
          "https://api.example.org:8443/x",
          "https://u@api.example.org/x",
          "//evil/x",
          "mailto:a@b",
          "%%",
          "http://[",
        })
    @DisplayName("4.4: a location of another origin, or none at all, is left alone")
    void otherOriginsStand(String reference) {
      assertThat(
              Invalidation.of(request("PUT"), 200, Headers.of("Location", reference), Set.of())
                  .targets())
          .containsExactly(TARGET);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("9875-3: the groups that a response names fall, at their origin alone")
    void groupsFall() {
      Headers response = Headers.of("Cache-Group-Invalidation", "\"a\", \"b\"");
      assertThat(Invalidation.of(request("POST"), 200, response, Set.of()).tags(TARGET))
          .containsExactlyInAnyOrder(Tags.ofGroup(TARGET, "a"), Tags.ofGroup(TARGET, "b"));
      assertThat(Tags.ofGroup(TARGET, "a"))
          .isNotEqualTo(Tags.ofGroup(new Target("https", "other.example.org", "/", null), "a"));
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @ParameterizedTest
    @CsvSource({
      "/x, /x",
      "c, /a/c",
      "../c?d=e, /c?d=e",
      "https://API.example.org:443/x, /x",
      "?r=2, /a/b?r=2",
    })
    @DisplayName("4.4: Location and Content-Location at the same origin fall too")
    void locationsFall(String reference, String path) {
      for (String name : new String[] {"Location", "Content-Location"}) {
        Set<Target> targets =
            Invalidation.of(request("PUT"), 201, Headers.of(name, reference), Set.of()).targets();
        assertThat(targets).extracting(Target::pathAndQuery).contains(path, "/a/b?q=1").hasSize(2);
      }
    }
  }
}
