package org.cistern.conformance;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs the cases of the suite through a proxy, some at once. */
final class Runner {

  private static final int AT_ONCE = 60;
  private static final long PAUSE_MILLIS = 3_000;

  private final SuiteClient client;

  Runner(InetSocketAddress proxy) {
    this.client = new SuiteClient(proxy);
  }

  /** Runs all, and returns what became of each, by its id and in the given order. */
  Map<String, Result> run(List<Case> cases) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Result>> running =
          cases.stream().map(c -> CompletableFuture.supplyAsync(() -> run(c), threads)).toList();
      Map<String, Result> alone = new LinkedHashMap<>();
      running.stream().map(CompletableFuture::join).forEach(r -> alone.put(r.of().id(), r));
      Map<String, Result> all = new LinkedHashMap<>();
      alone.forEach((id, result) -> all.put(id, withNeeds(result, alone)));
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Result withNeeds(Result result, Map<String, Result> alone) {
    for (String need : result.of().needs()) {
      Result other = alone.get(need);
      if (other != null && !withNeeds(other, alone).passed()) {
        return new Result(result.of(), Outcome.DEPENDENCY, need + " did not pass");
      }
    }
    return result;
  }

  private Result run(Case of) {
    String token = UUID.randomUUID().toString();
    try {
      int taken = client.send("PUT", "/config/" + token, of.script().encode()).response().status();
      if (taken != 201) {
        throw new Failed(Outcome.HARNESS, "the origin was not told its script: " + taken);
      }
      List<Message> responses = ask(of, token);
      Message state = client.send("GET", "/state/" + token, "").response();
      JsonArray seen = state.status() == 200 ? new JsonArray(state.text()) : new JsonArray();
      new OriginChecks(of, seen, responses).all();
      return new Result(of, Outcome.PASS, "");
    } catch (Failed failed) {
      return new Result(of, failed.outcome(), String.valueOf(failed.getMessage()));
    } catch (IOException | RuntimeException e) {
      return new Result(of, Outcome.HARNESS, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(of, Outcome.HARNESS, "interrupted");
    }
  }

  private List<Message> ask(Case of, String token)
      throws IOException, InterruptedException, Failed {
    List<Message> responses = new ArrayList<>();
    @Nullable Message before = null;
    for (int i = 0; i < of.script().size(); i++) {
      SuiteClient.Heard heard = client.send(of, i, token, before);
      new Checks(of.entry(i), i + 1, token, heard).all();
      before = heard.response();
      responses.add(before);
      if (of.entry(i).getBoolean("pause_after", false)) {
        Pause.ofMillis(PAUSE_MILLIS);
      }
    }
    return responses;
  }
}
