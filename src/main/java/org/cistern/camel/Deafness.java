package org.cistern.camel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Why a server cannot listen. The words of the system differ by transport and language, so each
 * part is tried by itself: the address, then the port, and what remains are the certificate and its
 * key.
 *
 * @param settings the settings in force
 * @param host which of them is the address
 * @param port which of them is the port
 */
record Deafness(Settings settings, Setting host, Setting port) {

  /** Lower ports are, in most systems, for those who were given the right. */
  private static final int FIRST_OF_ALL = 1024;

  private static final int PATIENCE_MS = 1000;

  private static final String UNRESERVED =
      "a port that this user may listen on: from 1024, unless the system lets it have lower ones";

  /** Returns a sentence that names the setting at fault; blocks. */
  String sentence(@Nullable Throwable cause) {
    InetAddress address = address();
    if (address == null || !listens(address, 0)) {
      return wrong(host, "an address of this machine");
    }
    if (!listens(address, settings.count(port))) {
      return wrong(port, isReserved(address) ? UNRESERVED : "a port that is free here");
    }
    if (port == Setting.PORT && settings.has(Setting.TLS_CERT)) {
      return wrong(Setting.TLS_KEY, "the private key of the certificate in cistern.tls.cert");
    }
    return wrong(port, "a port that is free here") + ": " + cause;
  }

  /** Where somebody answers, the port is only taken. */
  private boolean isReserved(InetAddress address) {
    int number = settings.count(port);
    return number < FIRST_OF_ALL && !answers(new InetSocketAddress(address, number));
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String wrong(Setting setting, String allowed) {
    return setting.key() + " is '" + settings.text(setting) + "'; allowed is " + allowed;
  }

  private @Nullable InetAddress address() {
    try {
      return InetAddress.getByName(settings.text(host));
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean listens(InetAddress address, int number) {
    try (ServerSocket socket = new ServerSocket(number, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
