"""A client written with Authlib, as its documentation says: sign-in with PKCE, userinfo, refresh, logout."""

import json
import os
import sys
import urllib.request

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"


def read_json(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def tell(**values):
    print(json.dumps(values), flush=True)


issuer, client_id, secret, redirect_uri = sys.argv[1:5]
metadata = read_json(f"{issuer}/.well-known/wallet-openid-configuration")
session = OAuth2Session(
    client_id,
    secret,
    scope="openid scope_all",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint_auth_method="client_secret_post",
)
verifier = generate_token(48)
nonce = generate_token(16)
url, state = session.create_authorization_url(
    metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce, acr_values="eidas1"
)
tell(url=url)

callback = json.loads(sys.stdin.readline())["callback"]
token = session.fetch_token(
    metadata["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier
)
keys = JsonWebKey.import_key_set(read_json(metadata["jwks_uri"]))
claims = jwt.decode(
    token["id_token"],
    keys,
    claims_options={"iss": {"value": issuer}, "aud": {"value": client_id}, "nonce": {"value": nonce}},
)
claims.validate()
userinfo = session.get(metadata["userinfo_endpoint"]).json()
refreshed = session.refresh_token(metadata["token_endpoint"], refresh_token=token["refresh_token"])
again = session.get(metadata["userinfo_endpoint"]).json()
tell(
    sub=claims["sub"],
    familyName=userinfo["family_name"],
    refreshed=refreshed["access_token"] != token["access_token"] and again["sub"] == claims["sub"],
)

# Server to server, with the hint alone (pro-sante-connect.md 4.1).
logout = session.get(metadata["end_session_endpoint"], params={"id_token_hint": token["id_token"]}, withhold_token=True)
late = session.get(metadata["userinfo_endpoint"])
tell(logout=logout.status_code, after=late.status_code)
