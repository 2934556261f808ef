package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.cistern.http.coding.AcceptEncoding;
import org.cistern.http.coding.Coding;
import org.cistern.http.uri.TargetParser;
import org.junit.jupiter.api.Test;

/** What runs for every hit may make the value that it returns, and nothing else. */
class HotPathAllocationTest {

  private static final int CALLS = 100_000;
  private static final long TARGET_BYTES = 40;

  @Test
  void anOrdinaryTargetCostsTheTargetAlone() {
    assertThat(
            bytesPerCall(() -> TargetParser.parse("GET", "http", "a.org:8001", "/api/v1/models")))
        .isLessThanOrEqualTo(TARGET_BYTES);
  }

  @Test
  void choosingACodingCostsNothing() {
    List<Coding> offered = List.of(Coding.ZSTD, Coding.BR, Coding.GZIP);
    assertThat(bytesPerCall(() -> AcceptEncoding.choose("gzip, deflate, br", offered))).isZero();
  }

  @Test
  void lookingAtFieldsCostsNothing() {
    assertThat(bytesPerCall(() -> FieldSyntax.problem("X-A", "some value"))).isZero();
    assertThat(bytesPerCall(() -> HopByHop.nominated(Headers.empty()))).isZero();
    assertThat(bytesPerCall(() -> HopByHop.is("Content-Type"))).isZero();
    assertThat(bytesPerCall(() -> MediaTypes.matches("application/json", "*/*+json"))).isZero();
  }

  private static long bytesPerCall(Supplier<?> call) {
    run(call);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(call);
    return (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private static void run(Supplier<?> call) {
    int seen = 0;
    for (int i = 0; i < CALLS; i++) {
      seen += call.get() == null ? 0 : 1;
    }
    assertThat(seen).isBetween(0, CALLS);
  }
}
