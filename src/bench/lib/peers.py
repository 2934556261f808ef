"""The peers: each function starts one, with its configuration from `peers/`."""

import shutil

from lib import java, origin
from lib.machine import BENCH, MEMORY, Server, find

NGINX_GZIP_PORT = 19111
NGINX_HTTP2_PORT = 19121
NGINX_TUNED_PORT = 19131


def nginx():
  folder = MEMORY / "nginx"
  shutil.rmtree(folder, ignore_errors=True)
  folder.mkdir(parents=True)
  return Server(
    "nginx", 19101,
    [find("nginx", "nginx"), "-e", "stderr", "-p", folder, "-c", BENCH / "peers" / "nginx.conf"])


def nginx_gzip():
  return nginx().listener("nginx", NGINX_GZIP_PORT)


def over_http2(server):
  """The same server by its listener for HTTP/2: nginx has one apart, Cistern's port takes both."""
  return server.listener("nginx", NGINX_HTTP2_PORT) if server.name == "nginx" else server


def nginx_tuned(servers):
  """The running nginx once more, by the listener that is tuned by hand."""
  return [server.listener("nginx tuned", NGINX_TUNED_PORT)
          for server in servers if server.name == "nginx"]


def varnish():
  # Its log in shared memory stays, but nothing is written to it: the peers' logs are off too.
  return Server(
    "varnish", 19102,
    [find("varnishd", "varnish"), "-F", "-n", MEMORY / "varnish", "-j", "none",
     "-a", "127.0.0.1:19102", "-f", BENCH / "peers" / "varnish.vcl", "-s", "malloc,512m",
     "-p", "thread_pools=1", "-p", "timeout_idle=3600", "-p", "vsl_mask=" + varnish_silence()])


def varnish_silence():
  kinds = ("Begin End Link SessOpen SessClose ReqStart ReqMethod ReqURL ReqProtocol ReqHeader "
           "ReqUnset ReqAcct RespProtocol RespStatus RespReason RespHeader RespUnset Hit "
           "VCL_call VCL_return Timestamp Length Gzip TTL Storage").split()
  return ",".join("-" + kind for kind in kinds)


def haproxy():
  return Server(
    "haproxy", 19103,
    [find("haproxy", "haproxy"), "-db", "-f", BENCH / "peers" / "haproxy.cfg"])


def ceiling():
  """A bare Vert.x handler with one Caffeine look-up: see `Ceiling.java`."""
  return Server("ceiling", 19104, java.program("Ceiling", FASTEST_VERTX, [19104, origin.ONE_KB]))


def stock_route():
  """Camel's `platform-http` as it ships: see `StockRoute.java`."""
  return Server("stock route", 19105, java.program("StockRoute", [], [19105, origin.ONE_KB]))


# Everything that Vert.x and Netty let one switch off.
FASTEST_VERTX = [
  "-Dvertx.disableMetrics=true", "-Dvertx.disableContextTimings=true", "-Dvertx.disableTCCL=true",
  "-Dvertx.disableHttpHeadersValidation=true", "-Dvertx.disableWebsockets=true",
  "-Dio.netty.leakDetection.level=disabled", "-Dio.netty.buffer.checkAccessible=false",
  "-Dio.netty.buffer.checkBounds=false",
]
