"""A real Kafka as one would open it to others: nobody may do anything unless an ACL says so, and who comes from outside
comes over TLS with a password (SCRAM). The administrator has a listener of his own; so has whoever brings no name at
all, `User:ANONYMOUS`, to whom plain examples are let in.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.ground import LOOPBACK
from chassis.embedded.kafka import Kafka, escaped

ADMIN = "admin"
PASSWORD = secrets.token_urlsafe(12)
PLAIN = (
    "org.apache.kafka.common.security.plain.PlainLoginModule required"
    f' username="{ADMIN}" password="{PASSWORD}" user_{ADMIN}="{PASSWORD}";'
)
TO_ADMIN = f"security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config={PLAIN}\n"

# a quota is counted over two seconds here, so that it is felt at once
GUARDED = """\
listeners=NAMELESS://{host}:{port},INSIDE://{host}:{inside},OUTSIDE://{host}:{outside},CONTROLLER://{host}:{controller}
advertised.listeners=NAMELESS://{host}:{port},INSIDE://{host}:{inside},OUTSIDE://{host}:{outside}
listener.security.protocol.map=NAMELESS:PLAINTEXT,INSIDE:SASL_PLAINTEXT,OUTSIDE:SASL_SSL,CONTROLLER:SASL_PLAINTEXT
inter.broker.listener.name=INSIDE
sasl.mechanism.inter.broker.protocol=PLAIN
sasl.mechanism.controller.protocol=PLAIN
listener.name.inside.sasl.enabled.mechanisms=PLAIN
listener.name.inside.plain.sasl.jaas.config={plain}
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config={plain}
listener.name.outside.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.outside.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.outside.ssl.keystore.type=PEM
listener.name.outside.ssl.keystore.location={identity}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{admin}
allow.everyone.if.no.acl.found=false
quota.window.num=2
quota.window.size.seconds=1
"""


@dataclass(frozen=True)
class GuardedKafka(Kafka):
    """`port` is the listener of the nameless. `identity`: a PEM file with the broker's key and certificate."""

    inside_port: int = 0
    outside_port: int = 0
    identity: Path = Path()

    @property
    def inside(self) -> str:
        return f"{LOOPBACK}:{self.inside_port}"

    @property
    def outside(self) -> str:
        return f"{LOOPBACK}:{self.outside_port}"

    def properties(self) -> str:
        """Where a name comes twice, Java takes the later one."""
        return super().properties() + GUARDED.format(
            host=LOOPBACK,
            port=self.port,
            inside=self.inside_port,
            outside=self.outside_port,
            controller=self.controller_port,
            plain=PLAIN,
            identity=escaped(str(self.identity)),
            admin=ADMIN,
        )
