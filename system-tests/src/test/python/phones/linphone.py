"""A linphonec phone (Debian package linphone-cli), controlled on its standard input: the same settings, lines and commands as pjsip.py.

It plays and records files instead of using a sound card. PHONE_CODEC is a name and rate from its `codec list`, for example opus/48000;
PHONE_FOLDER is for its own files.
"""
import os
import re
import subprocess
import threading
import time
import wave

from peer import commands, hear, say

import numpy as np

ADDRESS = "127.0.0.1"
PORT = int(os.environ["PHONE_PORT"])
USER = os.environ["PHONE_USER"]
CODEC = os.environ["PHONE_CODEC"]
TRANSPORT = os.environ["PHONE_TRANSPORT"]
BY = "" if TRANSPORT == "udp" else ";transport=" + TRANSPORT
OWN_PORT = PORT + 1 if TRANSPORT == "tls" else PORT
SRTP = bool(os.environ.get("PHONE_SRTP"))
TONE = int(os.environ["PHONE_TONE"])
FOLDER = os.environ["PHONE_FOLDER"]
SPOKEN = os.path.join(FOLDER, "spoken.wav")
HEARD = os.path.join(FOLDER, "heard.wav")
RATE = 8000
SPOKEN_SECONDS = 120
RINGS = 0.5
PAUSE_SECONDS = 10
RC = f"""
[net]
mtu=1300
[sip]
sip_port={PORT}
sip_tcp_port={PORT if TRANSPORT == "tcp" else -1}
sip_tls_port={OWN_PORT if TRANSPORT == "tls" else -1}
root_ca={os.environ.get("PHONE_AUTHORITY", "")}
verify_server_certs=1
verify_server_cn=1
auto_net_state_mon=0
bind_address={ADDRESS}
contact="{USER}" <sip:{USER}@{ADDRESS}:{OWN_PORT}{BY}>
guess_hostname=0
use_ipv6=0
ipv6_migration_done=1
media_encryption={"srtp" if SRTP else "none"}
media_encryption_mandatory={1 if SRTP else 0}
[rtp]
audio_rtp_port=33600-33800
[sound]
echocancellation=0
[video]
automatically_initiate=0
automatically_accept=0
capture=0
display=0
"""


class Phone:
    def __init__(self):
        os.makedirs(os.path.join(FOLDER, ".local/share/linphone"), exist_ok=True)
        if os.path.exists(HEARD):
            os.remove(HEARD)
        with wave.open(SPOKEN, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            time_of = np.arange(SPOKEN_SECONDS * RATE) / RATE
            file.writeframes((8000 * np.sin(2 * np.pi * TONE * time_of)).astype("<i2").tobytes())
        configuration = os.path.join(FOLDER, "linphonerc")
        with open(configuration, "w") as file:
            file.write(RC)
        self.log = open(os.path.join(FOLDER, "said.log"), "w")
        self.codecs = {}
        self.ids = []
        self.paused = threading.Event()
        self.process = subprocess.Popen(
            ["linphonec", "-c", configuration, "-d", "6", "-l", os.path.join(FOLDER, "linphonec.log")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", bufsize=1,
            env={**os.environ, "HOME": FOLDER})
        hear(HEARD, 16000 if CODEC.lower().startswith("g722") else int(CODEC.partition("/")[2]))
        threading.Thread(target=self.listen, daemon=True).start()
        self.tell("codec list")
        self.tell("soundcard use files")

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def listen(self):
        for line in self.process.stdout:
            self.log.write(f"{time.time():.3f} {line}")
            self.log.flush()
            self.heard(line)
        say("over", status=self.process.wait())

    def heard(self, line):
        if codec := re.search(r"^\s*(\d+): (\S+) \((\d+)\) (?:en|dis)abled", line):
            self.codecs[int(codec[1])] = f"{codec[2]}/{codec[3]}".lower()
        elif "Using wav files" in line:
            for number, name in self.codecs.items():
                self.tell(f"codec {'enable' if name == CODEC.lower() else 'disable'} {number}")
            self.tell("play " + SPOKEN)
            self.tell("record " + HEARD)
            say("ready")
        elif call := re.search(r"Establishing call id to .*, assigned id (\d+)", line):
            self.ids.append(call[1])
        elif call := re.search(r"incoming call from (.*), assigned id (\d+)", line):
            self.ids.append(call[2])
            say("incoming", uri=call[1])
            later(RINGS, lambda: self.tell("answer " + call[2]))
        elif "Media streams established" in line:
            say("call", state="CONFIRMED")
        elif "is now paused" in line:
            self.paused.set()
        elif re.search(r"Call \d+ with .* (ended|error)", line):
            say("call", state="DISCONNECTED", reason=line.strip())
        elif "has been transfered" in line:
            say("transfer", status=200, final=True)
            self.tell("terminate")
        elif "refer" in line.lower():
            say("transfer-requested", text=line.strip())

    def do(self, line):
        match line.split():
            case ["dial", number, host]:
                self.tell(f"call sip:{number}@{host}" + BY)
            case ["hold"]:
                self.paused.clear()
                self.tell("pause")
            case ["resume"]:
                # linphonec refuses to resume before it has received the answer to its own re-INVITE.
                self.paused.wait(PAUSE_SECONDS)
                self.tell("resume")
            case ["hangup"]:
                self.tell("terminate all")
            case ["transfer", uri]:
                self.tell("transfer " + uri)
            case ["attended"]:
                first, second = self.ids[-2:]
                self.tell(f"transfer {first} --to-call {second}")
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
