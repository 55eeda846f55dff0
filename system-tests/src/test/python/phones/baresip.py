"""A baresip phone (Debian package baresip-core), controlled through its ctrl_tcp: the same settings, lines and commands as pjsip.py.

It sends back what it hears (aubridge), regardless of PHONE_TONE. The audio it sends is recorded (sndfile) and reported as heard, because
this version no longer records what it hears after a hold. PHONE_CODEC is PCMA, PCMU, G722/16000 or opus; PHONE_FOLDER is for its own files.
"""
import json
import os
import socket
import subprocess
import threading
import time

from peer import commands, hear, say

ADDRESS = "127.0.0.1"
PORT = int(os.environ["PHONE_PORT"])
USER = os.environ["PHONE_USER"]
CODEC = os.environ["PHONE_CODEC"]
TRANSPORT = os.environ["PHONE_TRANSPORT"]
FOLDER = os.environ["PHONE_FOLDER"]
# baresip always uses the port above its SIP port for TLS.
OWN_PORT = PORT + 1 if TRANSPORT == "tls" else PORT
CONTROL = PORT + 2
MODULES = ["/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules", "/usr/local/lib/baresip/modules"]
RINGS = 0.5
SETTLES = 0.2
PATIENCE = 30

CONFIG = f"""
net_interface {ADDRESS}
sip_listen {ADDRESS}:{PORT}
call_local_timeout 120
call_max_calls 4
audio_source aubridge,line0
audio_player aubridge,line0
rtp_ports 33200-33400
jitter_buffer_delay 1-5
module_path {next((path for path in MODULES if os.path.isdir(path)), MODULES[0])}
module g711.so
module g722.so
module opus.so
module aubridge.so
module sndfile.so
module srtp.so
module uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen {ADDRESS}:{CONTROL}
snd_path {FOLDER}
"""


def write(name, text):
    with open(os.path.join(FOLDER, name), "w") as file:
        file.write(text)


class Phone:
    def __init__(self):
        for name in os.listdir(FOLDER):
            if name.startswith("dump-"):
                os.remove(os.path.join(FOLDER, name))
        by = "" if TRANSPORT == "udp" else ";transport=" + TRANSPORT
        srtp = ";mediaenc=srtp-mand" if os.environ.get("PHONE_SRTP") else ""
        write("config", CONFIG + self.certificates())
        write("accounts", f"<sip:{USER}@{ADDRESS}:{OWN_PORT}{by}>;regint=0;answermode=manual;audio_codecs={CODEC.lower()}{srtp}\n")
        write("contacts", "")
        self.by = by
        self.lines = 0
        self.calls = 0
        self.resuming = False
        log = open(os.path.join(FOLDER, "baresip.log"), "w")
        self.process = subprocess.Popen(
            ["baresip", "-4", "-s", "-f", FOLDER, "-p", FOLDER], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.control = self.connect()
        threading.Thread(target=self.listen, daemon=True).start()
        hear(os.path.join(FOLDER, "dump-*-enc.wav"), 8000)
        say("ready")

    def certificates(self):
        """Writes certificate and key into the one file that baresip presents, and returns the settings for it and for the CA file."""
        if TRANSPORT != "tls":
            return ""
        parts = [open(os.environ[name]).read() for name in ("PHONE_CERTIFICATE", "PHONE_KEY")]
        write("own.pem", "".join(parts))
        return f"sip_certificate {FOLDER}/own.pem\nsip_cafile {os.environ['PHONE_AUTHORITY']}\n"

    def connect(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection((ADDRESS, CONTROL))
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def tell(self, command, params=""):
        text = json.dumps({"command": command, "params": params}).encode()
        self.control.sendall(b"%d:%s," % (len(text), text))

    def listen(self):
        held = b""
        while data := self.control.recv(65536):
            held += data
            while b":" in held:
                length, _, rest = held.partition(b":")
                if len(rest) <= int(length):
                    break
                self.heard(json.loads(rest[:int(length)]))
                held = rest[int(length) + 1:]

    def heard(self, said):
        match said.get("type"):
            case "CALL_INCOMING":
                say("incoming", uri=said.get("peeruri"))
                later(RINGS, lambda: self.tell("accept"))
            case "CALL_ESTABLISHED":
                self.calls += 1
                if self.calls > 1:
                    self.plug()
                say("call", state="CONFIRMED")
            case "CALL_CLOSED":
                reason = said.get("param", "")
                if "transfer" in reason.lower():
                    say("transfer", status=200, final=True)
                say("call", state="DISCONNECTED", reason=reason)
                self.calls -= 1
                if self.calls > 0:
                    later(SETTLES, self.plug)
            case "CALL_REMOTE_SDP" if self.resuming:
                self.resuming = False
                later(SETTLES, self.plug)
            case kind if kind and "TRANSFER" in kind:
                say("transfer-requested", to=said.get("param"), type=kind)

    def plug(self):
        """Reconnects audio source and player: after a hold, and after a second call has taken over those of the first."""
        self.lines += 1
        self.tell("ausrc", f"aubridge,line{self.lines}")
        self.tell("auplay", f"aubridge,line{self.lines}")

    def do(self, line):
        match line.split():
            case ["dial", number, host]:
                self.tell("dial", f"sip:{number}@{host}{self.by}")
            case ["hold"]:
                self.tell("hold")
            case ["resume"]:
                self.resuming = True
                self.tell("resume")
            case ["hangup"]:
                for _ in range(max(1, self.calls)):
                    self.tell("hangup")
            case ["transfer", uri]:
                self.tell("transfer", uri)
            case _:
                say("error", text="unknown command " + line)

    def run(self, lines):
        while (line := lines.get()) is not None:
            self.do(line)
        self.process.kill()


def later(seconds, task):
    timer = threading.Timer(seconds, task)
    timer.daemon = True
    timer.start()


Phone().run(commands())
