"""A secret that is given to the sidecars as the credential of their collector, and is then looked for in all that they show."""

import base64
import secrets
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

@dataclass(frozen=True)
class Secret:
    value: str
    file: Path

    @staticmethod
    def fresh(file):
        secret = Secret(secrets.token_urlsafe(24), file)
        file.write_text(f"{secret.value}\n")
        return secret

    def given_to(self, tracing):
        """The sidecars' tracing with it as a credential of their collector: a header of a name that nobody minds."""
        credentials = {"credentials": [{"header": "x-canary", "file": str(self.file)}]}
        return tracing.extended(collector={**credentials, **tracing.extension.get("collector", {})})

    def forms(self):
        """As it is, and as it would be written in what is encoded."""
        bare = self.value.encode()
        return {self.value, base64.b64encode(bare).decode().rstrip("="), bare.hex(), urllib.parse.quote(self.value, safe="")}

    def seen_in(self, texts):
        """The names of the texts (name → text) that tell it."""
        return [name for name, text in texts.items() if any(form in text for form in self.forms())]
