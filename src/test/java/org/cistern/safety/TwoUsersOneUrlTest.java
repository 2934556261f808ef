package org.cistern.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two users and one URL, in every combination of credentials, Vary, Cache-Control, Set-Cookie and
 * flags of the rule, through the gateway, asked at once and one after the other.
 */
class TwoUsersOneUrlTest {

  private static final List<Case> CASES = Case.all();
  private static final String NOBODY = "nobody";

  private final Queue<Case> shared = new ConcurrentLinkedQueue<>();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
  private final Queue<Case> ownHits = new ConcurrentLinkedQueue<>();

  @Test
  void nobodyIsShownTheAnswerOfAnotherUnlessRuleOrOriginSaySoInWords(@TempDir Path folder)
      throws Exception {
    try (Door door = new Door(folder, Words.rules())) {
      CASES.forEach(each -> door.api().on(each.path(), (request, n) -> answer(request, each)));
      inParallel(CASES.stream().map(each -> task(() -> play(door, each))).toList());
    }

    assertThat(leaks).isEmpty();
    // The words do have their effect, or all of this would show nothing.
    assertThat(shared).anyMatch(each -> each.words().is(Words.Flag.SHARED));
    assertThat(shared).anyMatch(each -> each.words().is(Words.Flag.IGNORE));
    assertThat(shared).anyMatch(each -> each.control().startsWith("public"));
    assertThat(ownHits).anyMatch(each -> each.words().is(Words.Flag.USER));
    assertThat(ownHits).anyMatch(each -> each.words().is(Words.Flag.SESSION));
  }

  private static Callable<Void> task(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  private static void inParallel(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void answer(HttpServerRequest request, Case each) {
    String user = user(request);
    if (!each.vary().isEmpty()) {
      request.response().putHeader("Vary", each.vary());
    }
    if (!each.control().isEmpty()) {
      request.response().putHeader("Cache-Control", each.control());
    }
    if (each.sets()) {
      request.response().putHeader("Set-Cookie", "sid=" + user);
    }
    Api.say(request, 200, "for " + user);
  }

  private static String user(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    String key = request.getHeader("X-API-Key");
    String cookie = request.getHeader("Cookie");
    String unproven = request.getHeader("X-User");
    if (authorization != null) {
      return authorization.substring("Bearer ".length());
    }
    if (key != null || unproven != null) {
      return key != null ? key : unproven;
    }
    return cookie == null ? NOBODY : cookie.replace("sid=", "");
  }

  /** Ann and Bob ask at once, so that a flight could carry both; then each of them once more. */
  private void play(Door door, Case each) {
    Thread ann = new Thread(() -> ask(door, each, "ann"));
    ann.start();
    ask(door, each, "bob");
    join(ann);
    ask(door, each, "ann");
    ask(door, each, "bob");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(Door door, Case each, String user) {
    HttpResponse<String> response = door.get(each.path(), each.credential().headers(user));
    String other = user.equals("ann") ? "bob" : "ann";
    if (isFor(other, response.body()) && each.mayBeShared(other)) {
      shared.add(each);
    } else if (isFor(other, response.body())) {
      leaks.add(user + " got '" + response.body() + "' in " + each);
    } else if (each.words().has("user_specific")
        && response.headers().firstValue("Age").isPresent()) {
      ownHits.add(each);
    }
    boolean othersCookie =
        response.headers().allValues("Set-Cookie").stream().anyMatch(c -> isFor(other, c));
    if (othersCookie && !each.mayShareCookie(other)) {
      leaks.add(user + " got another's cookie in " + each);
    }
  }

  /** What nobody was told who they are may go to everybody, and is never another's. */
  private static boolean isFor(String user, String text) {
    return text.endsWith(user);
  }
}
