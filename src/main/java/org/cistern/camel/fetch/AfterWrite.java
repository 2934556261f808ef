package org.cistern.camel.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Invalidation;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge;

/**
 * What a request may have changed at the origin is purged here before its client hears of it. A
 * crash right after the client's 2xx must not bring back what was there before, so the client waits
 * until the purge is written down, but not for long: a slow disk is not to fail writes.
 */
final class AfterWrite {

  private static final Duration BUDGET = Duration.ofMillis(250);

  private final Services services;
  private final List<CompletableFuture<?>> entered = new ArrayList<>();

  private AfterWrite(Services services) {
    this.services = services;
  }

  /** Purges, and goes on with the call once that outlives a crash, or the budget is spent. */
  static void purge(Services services, ClientCall call, Invalidation what, Runnable then) {
    purge(services, call, what, own -> {}, then);
  }

  /** As above; {@code entered} is told at once how many purges it were. */
  static void purge(
      Services services, ClientCall call, Invalidation what, IntConsumer entered, Runnable then) {
    AfterWrite write = new AfterWrite(services);
    write.enter(call.target(), what);
    entered.accept(write.entered.size());
    if (write.entered.isEmpty()) {
      then.run();
      return;
    }
    CompletableFuture<?>[] all = write.entered.toArray(new CompletableFuture<?>[0]);
    Runnable late =
        () -> {
          services.purges().unconfirmed();
          then.run();
        };
    Patience.await(call.context(), CompletableFuture.allOf(all), BUDGET, then, late);
  }

  /** Hosts that share their answers are one origin: what falls at one of them falls at all. */
  private void enter(Target asked, Invalidation what) {
    for (Target target : what.targets()) {
      services.keys().sharing(target).forEach(this::enter);
    }
    if (!what.groups().isEmpty()) {
      services.keys().sharing(asked).forEach(origin -> what.tags(origin).forEach(this::enterTag));
    }
  }

  private void enter(Target target) {
    if (services.rules().get().keepsAnswersOf(target)) {
      enter(new Purge.Scope.Uri(target));
    }
  }

  private void enterTag(String tag) {
    enter(new Purge.Scope.Tag(tag));
  }

  private void enter(Purge.Scope scope) {
    entered.add(services.purges().append(new Purge(scope, true)).toCompletableFuture());
  }
}
