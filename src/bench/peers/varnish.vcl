vcl 4.1;

# Varnish as it ships: the built-in rules, one backend. Storage, threads and log mask are
# parameters of the command, in lib/peers.py.
backend origin {
  .host = "127.0.0.1";
  .port = "19100";
}
