import { addresses, type HubConfig } from '../config.ts';
import { brandIdentifier } from './brand-bundle.ts';
import { assertionAlgorithms } from './client-assertion.ts';
import { plainScopes } from './scopes.ts';

/** How clients prove who they are, and what they may ask: here and in the OpenID configuration the same. */
export function clientEndpoints(issuer: string): object {
  const methods = ['none', 'private_key_jwt'];
  return {
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint: `${issuer}/revoke`,
    revocation_endpoint_auth_methods_supported: methods,
    introspection_endpoint: `${issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: ['private_key_jwt'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  };
}

/** `.well-known/smart-configuration` (SMART 2.2, 2.1): only what really works here. */
export function smartConfigurationOf(config: HubConfig): object {
  const { issuer } = addresses(config);
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    ...clientEndpoints(issuer),
    response_types_supported: ['code'],
    scopes_supported: [...plainScopes, 'patient/*.rs', 'patient/*.r', 'patient/*.s', 'patient/*.read'],
    code_challenge_methods_supported: ['S256'],
    user_access_brand_bundle: `${issuer}/brands.json`,
    user_access_brand_identifier: brandIdentifier(config),
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'authorize-post',
      'client-public',
      'client-confidential-asymmetric',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'permission-patient',
      'permission-online',
      'permission-v1',
      'permission-v2',
    ],
  };
}
