"""Judges an entry for the MCP registry, a file, by the schema that it names."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from jsonschema.validators import validator_for

schemas = Path(find_spec("skillsaw").origin).parent / "schemas" / "mcp_registry"
entry = json.loads(Path(sys.argv[1]).read_text())
known = [json.loads(file.read_text()) for file in schemas.glob("*/server.schema.json")]
[schema] = [schema for schema in known if schema["$id"] == entry["$schema"]]
validator_for(schema)(schema).validate(entry)
