package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.upstream.Origins.HELLO;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** More requests than an upstream takes at once. */
class WaitingLineTest {

  @Test
  void moreThanTheLineHoldsAreTurnedAwayAndTheRestIsServed() {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    UpstreamOptions.Limits few = new UpstreamOptions.Limits(2, 3, 1, 1, 1000);
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (!connection.readHead().isEmpty()) {
                    Asking.await(goOn);
                    connection.write(HELLO);
                  }
                });
        Asking asking = Asking.of(UpstreamOptions.defaults().with(few), origin.port())) {
      List<CompletableFuture<Asking.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        replies.add(asking.start(Asking.get("/")));
      }
      UpstreamFailure refused = asking.failure(Asking.get("/"));
      goOn.complete(null);

      assertThat(refused.kind()).isEqualTo(Kind.OVERLOAD);
      assertThat(refused.retryAfter()).isPositive();
      assertThat(replies).allSatisfy(reply -> assertThat(Asking.await(reply).body()).hasSize(5));
      assertThat(origin.accepted()).isEqualTo(2);
      await().until(asking::settled);
    }
  }

  @Test
  void whoWaitsInLineTooLongIsTurnedAway() {
    UpstreamOptions.Limits one = new UpstreamOptions.Limits(1, 10, 1, 1, 1000);
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults().with(one), origin.port())) {
      CompletableFuture<Asking.Reply> first = asking.start(Asking.get("/"));
      Outgoing impatient = Asking.get("/").withHeadTimeout(Duration.ofMillis(100));

      assertThat(asking.failure(impatient).kind()).isEqualTo(Kind.OVERLOAD);
      assertThat(first).isNotDone();
    }
  }
}
