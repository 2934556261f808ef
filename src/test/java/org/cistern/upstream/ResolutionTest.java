package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names whose addresses change while the gateway runs. */
class ResolutionTest {

  private static final Duration OFTEN = Duration.ofMillis(50);

  @TempDir Path folder;

  @Test
  void aNameThatMovedIsAskedAtItsNewAddressAndTheOldConnectionsGo() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        ServerSocket two =
            new ServerSocket(one.getLocalPort(), 50, InetAddress.getByName("127.0.0.2"));
        FakeUpstream before = FakeUpstream.playing(one, at -> answer(at, "before"));
        FakeUpstream after = FakeUpstream.playing(two, at -> answer(at, "after"));
        Asking asking = asking(one.getLocalPort())) {
      await().until(() -> address(asking).equals("127.0.0.1"));
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("before");

      moved("127.0.0.2");
      await().until(() -> address(asking).equals("127.0.0.2"));

      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("after");
      await().until(() -> before.open() == 0);
      assertThat(after.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aNameThatIsKnownNoMoreIsAskedWhereItWas() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        FakeUpstream origin = FakeUpstream.playing(one, at -> answer(at, "here"));
        Asking asking = asking(one.getLocalPort())) {
      await().until(() -> address(asking).equals("127.0.0.1"));

      Files.writeString(hosts(), "127.0.0.3 another.test\n");
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("here");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  private Path hosts() {
    return folder.resolve("hosts");
  }

  private void moved(String address) throws IOException {
    Files.writeString(hosts(), address + " api.test\n");
  }

  private Asking asking(int port) throws IOException {
    moved("127.0.0.1");
    AddressResolverOptions names =
        new AddressResolverOptions().setHostsPath(hosts().toString()).setHostsRefreshPeriod(1);
    UpstreamOptions standard = Asking.OPTIONS;
    UpstreamOptions.Timeouts timeouts = standard.timeouts();
    UpstreamOptions often =
        new UpstreamOptions(
            new UpstreamOptions.Timeouts(
                timeouts.connect(),
                timeouts.head(),
                timeouts.idle(),
                Duration.ofSeconds(1),
                timeouts.upgraded(),
                timeouts.expect()),
            standard.limits(),
            standard.ejection(),
            null,
            standard.breaker(),
            standard.tls(),
            false,
            OFTEN);
    return new Asking(often, "http://api.test:" + port, InstantSource.system(), names);
  }

  private static String address(Asking asking) {
    return asking.client.conditions().get(0).address();
  }

  private static void answer(FakeConnection connection, String body) throws IOException {
    while (!connection.readHead().isEmpty()) {
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }
}
