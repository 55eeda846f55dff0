"""A PJSIP phone (pjsua2), which shares no code with ours: places and answers calls, sends a tone and reports the tones it hears.

Settings are environment variables: PHONE_PORT (for UDP and TCP; TLS uses the port above), PHONE_USER, PHONE_CODEC (PCMA, PCMU or G722),
PHONE_TRANSPORT (udp, tcp or tls, for what it sends), PHONE_SRTP (yes: its calls use SRTP or fail), PHONE_TONE (Hz, the tone it sends),
PHONE_FOLDER (for its log). For tls also the PEM files PHONE_AUTHORITY (CA of the other side), PHONE_CERTIFICATE and PHONE_KEY (its own).
Answers incoming calls after half a second. Writes one JSON object per line to standard output. Reads commands, one per line, from standard
input:
  dial NUMBER HOST:PORT    places a call
  hold, resume             by re-INVITE
  hangup                   ends every call
  transfer URI             asks the other side to call somebody (REFER)
  refuse-transfers         from now on, declines (603) the other side's REFER requests
  attended                 asks the other side of its first call to take the place of its second (REFER with Replaces)
It exits when its standard input ends.
"""
import os
import queue
import time

from peer import Windows, commands, say

import numpy as np
import pjsua2 as pj

ADDRESS = "127.0.0.1"
PORT = int(os.environ["PHONE_PORT"])
USER = os.environ["PHONE_USER"]
CODEC = os.environ["PHONE_CODEC"]
TRANSPORT = os.environ["PHONE_TRANSPORT"]
BY = "" if TRANSPORT == "udp" else ";transport=" + TRANSPORT
TONE = int(os.environ["PHONE_TONE"])
RATE = 16000
RINGS = 0.5
MOST_EVENTS_MILLIS = 20


class Ear(pj.AudioMediaPort):
    """Receives what the phone hears."""

    def __init__(self):
        super().__init__()
        self.windows = Windows(RATE)
        form = pj.MediaFormatAudio()
        form.init(pj.PJMEDIA_FORMAT_PCM, RATE, 1, 20_000, 16)
        self.createPort("ear", form)

    def onFrameReceived(self, frame):
        self.windows.take(np.array(frame.buf, dtype=np.uint8).view(np.int16))


class Call(pj.Call):
    def __init__(self, phone, call_id=pj.PJSUA_INVALID_ID):
        super().__init__(phone.account, call_id)
        self.phone = phone
        self.mouth = None
        self.ear = None

    def onCallState(self, prm):
        info = self.getInfo()
        say("call", state=info.stateText, status=info.lastStatusCode, reason=info.lastReason, number=self.phone.number(self))
        if info.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self.phone.calls.remove(self)

    def onCallMediaState(self, prm):
        # The media objects live as long as the call.
        info = self.getInfo()
        for index, media in enumerate(info.media):
            if media.type != pj.PJMEDIA_TYPE_AUDIO:
                continue
            say("media", status=media.status, direction=media.dir)
            if media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                line = self.getAudioMedia(index)
                if self.mouth is None:
                    self.mouth = tone()
                    self.ear = Ear()
                self.mouth.startTransmit(line)
                line.startTransmit(self.ear)

    def onCallTransferRequest(self, prm):
        """Handles a request to call another party: places the call, and the library reports its progress by NOTIFY."""
        say("transfer-requested", to=prm.dstUri)
        if self.phone.refuses_transfers:
            prm.statusCode = pj.PJSIP_SC_DECLINE
            return
        prm.newCall = self.phone.call()

    def onCallTransferStatus(self, prm):
        say("transfer", status=prm.statusCode, final=prm.finalNotify)
        if prm.finalNotify and prm.statusCode // 100 == 2:
            prm.cont = False
            self.phone.later(0, lambda: end(self))

    def onCallReplaced(self, prm):
        say("replaced")
        self.phone.call(prm.newCallId)


def tone():
    generator = pj.ToneGenerator()
    generator.createToneGenerator(RATE, 1)
    desc = pj.ToneDesc()
    desc.freq1, desc.on_msec, desc.off_msec, desc.volume = TONE, 1000, 0, 8000
    generator.play(pj.ToneDescVector([desc]), True)
    return generator


def end(call):
    if call.isActive():
        call.hangup(pj.CallOpParam(True))


class Account(pj.Account):
    def __init__(self, phone):
        super().__init__()
        self.phone = phone

    def onIncomingCall(self, prm):
        call = self.phone.call(prm.callId)
        say("incoming", uri=call.getInfo().remoteUri)
        ringing = pj.CallOpParam()
        ringing.statusCode = 180
        call.answer(ringing)

        def answer():
            if call.isActive():
                answered = pj.CallOpParam(True)
                answered.statusCode = 200
                call.answer(answered)

        self.phone.later(RINGS, answer)


class Phone:
    def __init__(self):
        self.refuses_transfers = False
        self.calls = []
        # Keeps call objects from being garbage-collected while the library still refers to them.
        self.all = []
        self.due = []
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        config = pj.EpConfig()
        config.uaConfig.threadCnt = 0
        config.uaConfig.mainThreadOnly = True
        config.logConfig.consoleLevel = 0
        config.logConfig.level = 4
        config.logConfig.filename = os.path.join(os.environ["PHONE_FOLDER"], "pjsip.log")
        config.medConfig.noVad = True
        config.medConfig.clockRate = RATE
        self.endpoint.libInit(config)
        transport = pj.TransportConfig()
        transport.port = PORT
        transport.boundAddress = ADDRESS
        transport.publicAddress = ADDRESS
        self.endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
        self.endpoint.transportCreate(pj.PJSIP_TRANSPORT_TCP, transport)
        if TRANSPORT == "tls":
            transport.port = PORT + 1
            transport.tlsConfig.CaListFile = os.environ["PHONE_AUTHORITY"]
            transport.tlsConfig.certFile = os.environ["PHONE_CERTIFICATE"]
            transport.tlsConfig.privKeyFile = os.environ["PHONE_KEY"]
            transport.tlsConfig.verifyServer = True
            self.endpoint.transportCreate(pj.PJSIP_TRANSPORT_TLS, transport)
        self.endpoint.libStart()
        self.endpoint.audDevManager().setNullDev()
        for codec in self.endpoint.codecEnum2():
            self.endpoint.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith(CODEC + "/") else 0)
        account = pj.AccountConfig()
        account.idUri = f"sip:{USER}@{ADDRESS}:{PORT + 1 if TRANSPORT == 'tls' else PORT}" + BY
        account.mediaConfig.transportConfig.boundAddress = ADDRESS
        account.mediaConfig.transportConfig.publicAddress = ADDRESS
        account.mediaConfig.transportConfig.port = 33000
        account.mediaConfig.transportConfig.portRange = 200
        if os.environ.get("PHONE_SRTP"):
            account.mediaConfig.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
            account.mediaConfig.srtpSecureSignaling = 0
        self.account = Account(self)
        self.account.create(account)
        say("ready")

    def call(self, call_id=pj.PJSUA_INVALID_ID):
        call = Call(self, call_id)
        self.calls.append(call)
        self.all.append(call)
        return call

    def number(self, call):
        return self.all.index(call)

    def later(self, seconds, task):
        self.due.append((time.monotonic() + seconds, task))

    def do(self, line):
        match line.split():
            case ["dial", number, host]:
                self.call().makeCall(f"sip:{number}@{host}" + BY, pj.CallOpParam(True))
            case ["hold"]:
                self.calls[-1].setHold(pj.CallOpParam(True))
            case ["resume"]:
                again = pj.CallOpParam(True)
                again.opt.flag = pj.PJSUA_CALL_UNHOLD
                self.calls[-1].reinvite(again)
            case ["hangup"]:
                for call in list(self.calls):
                    end(call)
            case ["transfer", uri]:
                self.calls[-1].xfer(uri, pj.CallOpParam(True))
            case ["refuse-transfers"]:
                self.refuses_transfers = True
                say("refuses-transfers")
            case ["attended"]:
                self.calls[0].xferReplaces(self.calls[1], pj.CallOpParam(True))
            case _:
                say("error", text="unknown command " + line)

    def run(self, lines):
        while True:
            self.endpoint.libHandleEvents(MOST_EVENTS_MILLIS)
            now = time.monotonic()
            ripe = [task for at, task in self.due if at <= now]
            self.due = [(at, task) for at, task in self.due if at > now]
            for task in ripe:
                task()
            try:
                line = lines.get_nowait()
            except queue.Empty:
                continue
            if line is None:
                break
            try:
                self.do(line)
            except pj.Error as e:
                say("error", text=f"{line}: {e.reason}")
        self.endpoint.hangupAllCalls()
        self.endpoint.libHandleEvents(200)
        # The library's own shutdown waits for objects that the interpreter collects too late.
        os._exit(0)


def main():
    Phone().run(commands())


main()
