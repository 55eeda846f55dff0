#!/usr/bin/env bash
# firewall.sh RULES: reports whose packets the rules accept, with the suite's ports in one network namespace, and a PBX and a stranger in
# another. The packets are UDP, and are echoed.
set -euo pipefail
rules=$1
mount -t tmpfs none /run
ip link set lo up
ip netns add outside
ip link add here type veth peer name there netns outside
ip addr add 192.0.2.10/24 dev here
ip link set here up
ip netns exec outside bash -c 'ip addr add 192.0.2.20/24 dev there; ip addr add 192.0.2.66/24 dev there; ip link set there up'
nft -f "$rules"

cat > /run/echo.py <<'PY'
import select, socket
sockets = []
for port in (15060, 10000, 7580):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if port != 7580 else socket.SOCK_STREAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind(("192.0.2.10", port))
    if port == 7580:
        one.listen()
    sockets.append(one)
print("ready", flush=True)
while True:
    for one in select.select(sockets, [], [])[0]:
        if one.type == socket.SOCK_STREAM:
            one.accept()[0].close()
        else:
            data, who = one.recvfrom(2048)
            one.sendto(data, who)
PY
cat > /run/ask.py <<'PY'
import socket, sys
who, source, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
heard = False
# Retried, because the first packet may have to wait for the link.
for attempt in range(30 if len(sys.argv) > 4 else 3):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if port != 7580 else socket.SOCK_STREAM)
    one.settimeout(0.3)
    try:
        one.bind((source, 0))
        one.connect(("192.0.2.10", port))
        if port != 7580:
            one.send(b"OPTIONS")
            one.recv(2048)
        heard = True
        break
    except OSError:
        pass
print(f"{who} at {port}: {'heard' if heard else 'not heard'}", flush=True)
PY
python3 /run/echo.py > /run/echo.out &
echo=$!
trap 'kill $echo' EXIT
until grep -q ready /run/echo.out; do sleep 0.1; done
ip netns exec outside python3 /run/ask.py 'the pbx' 192.0.2.20 15060 patiently
ip netns exec outside python3 /run/ask.py 'a stranger' 192.0.2.66 15060
ip netns exec outside python3 /run/ask.py 'a stranger' 192.0.2.66 10000
ip netns exec outside python3 /run/ask.py 'the pbx' 192.0.2.20 7580
