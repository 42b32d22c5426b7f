"""A server of aiosmtpd that keeps what it takes in files; its settings are those of the shell scripts beside it."""

import asyncio, os, pathlib, ssl
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

work = pathlib.Path(os.environ["WORK"])
known = set((work / "recipients").read_text(encoding="utf-8").split())
store = work / "mail"
store.mkdir(exist_ok=True)
login = bool(os.environ.get("LOGIN"))
greylisted = set()
taken = 0


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if not address.endswith("@" + os.environ.get("DOMAIN", "example.org")):
            return "550 5.7.1 relaying denied"
        if address not in known:
            return "550 5.1.1 no such mailbox"
        if os.environ.get("GREY") and address not in greylisted:
            greylisted.add(address)
            return "450 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        global taken
        taken += 1
        (store / str(taken)).write_bytes(envelope.original_content)
        return "250 2.0.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"letters" and data.password == os.environ["PASSWORD"].encode()
    return AuthResult(success=right)


settings = dict(
    data_size_limit=int(os.environ.get("SIZE") or 33554432),
    enable_SMTPUTF8=os.environ.get("UTF8") == "yes",
    hostname="127.0.0.1",
    port=int(os.environ["PORT"]),
    server_hostname="relay.example.test",
)
if login:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(work / "chain.pem", work / "key.pem")
    settings.update(tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate)
controller = Controller(Handler(), **settings)
controller.start()
asyncio.new_event_loop().run_forever()
