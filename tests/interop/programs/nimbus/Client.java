import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.*;
import com.nimbusds.oauth2.sdk.auth.*;
import com.nimbusds.oauth2.sdk.id.*;
import com.nimbusds.oauth2.sdk.pkce.*;
import com.nimbusds.oauth2.sdk.token.*;
import com.nimbusds.openid.connect.sdk.*;
import com.nimbusds.openid.connect.sdk.claims.*;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;

/** A client written with Nimbus' OAuth 2.0 SDK, as its documentation says: sign-in with PKCE, userinfo, refresh, logout. */
public class Client {
    public static void main(String[] args) throws Exception {
        Issuer issuer = new Issuer(args[0]);
        ClientID id = new ClientID(args[1]);
        ClientAuthentication authentication = new ClientSecretBasic(id, new Secret(args[2]));
        URI redirectUri = new URI(args[3]);
        OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer);

        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        Nonce nonce = new Nonce();
        URI url = new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "scope_all"), id, redirectUri)
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .acrValues(java.util.List.of(new ACR("eidas1")))
            .build()
            .toURI();
        tell("{\"url\":\"" + url + "\"}");

        String line = new BufferedReader(new InputStreamReader(System.in)).readLine();
        URI callback = new URI(line.replaceAll(".*\"callback\":\"([^\"]+)\".*", "$1"));
        AuthenticationSuccessResponse answer = AuthenticationResponseParser.parse(callback).toSuccessResponse();
        if (!answer.getState().equals(state)) throw new IllegalStateException("state");

        OIDCTokens tokens = redeem(metadata, authentication,
            new AuthorizationCodeGrant(answer.getAuthorizationCode(), redirectUri, verifier));
        IDTokenClaimsSet claims = new IDTokenValidator(issuer, id, JWSAlgorithm.RS256, metadata.getJWKSetURI().toURL())
            .validate(tokens.getIDToken(), nonce);
        UserInfo userInfo = userInfo(metadata, tokens);
        OIDCTokens renewed = redeem(metadata, authentication, new RefreshTokenGrant(tokens.getRefreshToken()));
        boolean refreshed = userInfo(metadata, renewed).getSubject().equals(claims.getSubject());
        tell("{\"sub\":\"" + claims.getSubject() + "\",\"familyName\":\"" + userInfo.getFamilyName()
            + "\",\"refreshed\":" + refreshed + "}");

        int logout = status(new LogoutRequest(metadata.getEndSessionEndpointURI(), tokens.getIDToken()).toURI(), null);
        int after = status(metadata.getUserInfoEndpointURI(), renewed.getAccessToken());
        tell("{\"logout\":" + logout + ",\"after\":" + after + "}");
    }

    static OIDCTokens redeem(OIDCProviderMetadata metadata, ClientAuthentication authentication, AuthorizationGrant grant)
        throws Exception {
        TokenRequest request = new TokenRequest(metadata.getTokenEndpointURI(), authentication, grant);
        TokenResponse response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send());
        if (!response.indicatesSuccess()) throw new IllegalStateException(response.toErrorResponse().toJSONObject().toString());
        return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
    }

    static UserInfo userInfo(OIDCProviderMetadata metadata, OIDCTokens tokens) throws Exception {
        UserInfoRequest request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getBearerAccessToken());
        return UserInfoResponse.parse(request.toHTTPRequest().send()).toSuccessResponse().getUserInfo();
    }

    static int status(URI uri, AccessToken token) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (token != null) connection.setRequestProperty("Authorization", token.toAuthorizationHeader());
        return connection.getResponseCode();
    }

    static void tell(String json) {
        System.out.println(json);
        System.out.flush();
    }
}
