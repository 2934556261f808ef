package org.cistern.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An origin on a free port of this machine that plays a script on each connection, byte by byte as
 * the test says: for answers that no proper server would give.
 */
public final class FakeUpstream implements AutoCloseable {

  /** What happens on one connection; when it returns, the connection is closed in order. */
  @FunctionalInterface
  public interface Script {

    /** Plays it. */
    void play(FakeConnection connection) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  private FakeUpstream(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  /** Starts an origin that plays this script on every connection. */
  public static FakeUpstream playing(Script script) {
    try {
      return playing(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an origin on a socket that stands already. */
  public static FakeUpstream playing(ServerSocket server, Script script) {
    FakeUpstream fake = new FakeUpstream(server, script);
    fake.daemon(fake::accept).start();
    return fake;
  }

  /** Starts an origin that answers every request of every connection with these bytes. */
  public static FakeUpstream answering(String response) {
    return answering(head -> response);
  }

  /** Starts an origin that answers every request by its head; an empty text is no answer. */
  public static FakeUpstream answering(UnaryOperator<String> byHead) {
    return playing(
        connection -> {
          for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
            connection.write(byHead.apply(head));
          }
        });
  }

  /** Starts an origin that takes connections and requests, and never says anything. */
  public static FakeUpstream hung() {
    return playing(FakeConnection::awaitClose);
  }

  /** Returns the port. */
  public int port() {
    return server.getLocalPort();
  }

  /** Returns how many connections were made to it. */
  public int accepted() {
    return accepted.get();
  }

  /** Returns how many of its connections the other side has not closed yet. */
  public long open() {
    return connections.stream().filter(FakeConnection::isOpen).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        FakeConnection connection = new FakeConnection(socket, accepted.incrementAndGet());
        connections.add(connection);
        daemon(() -> run(connection)).start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void run(FakeConnection connection) {
    try (connection) {
      script.play(connection);
    } catch (IOException broken) {
      // The other side went away, as some tests want it to.
    }
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-upstream");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    try {
      server.close();
      connections.forEach(FakeConnection::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
