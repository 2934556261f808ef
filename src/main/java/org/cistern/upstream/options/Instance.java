package org.cistern.upstream.options;

/**
 * One place where an upstream answers.
 *
 * @param tls whether it is asked over TLS
 * @param host its name or address; an IPv6 address without brackets
 * @param port its port, 1 to 65535
 * @param basePath what stands before every target: empty, or a path without a slash at its end
 */
public record Instance(boolean tls, String host, int port, String basePath) {

  /**
   * Returns host and, where it is not the scheme's default, port, as they stand in {@code Host}.
   */
  public String authority() {
    String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
    return port == (tls ? 443 : 80) ? name : name + ':' + port;
  }

  /** Tells whether the host is an address already, so that there is nothing to resolve. */
  public boolean isAddress() {
    return host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  /** Returns its URL, and behind it the address where that says more. */
  public String at(String address) {
    return address.equals(host) ? toString() : this + " (" + address + ')';
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority() + basePath;
  }
}
