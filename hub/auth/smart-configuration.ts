import { addresses, type HubConfig } from '../config.ts';
import { plainScopes } from './scopes.ts';

/** `.well-known/smart-configuration` (SMART 2.2, 2.1): only what really works here. */
export function smartConfigurationOf(config: HubConfig): object {
  const { issuer } = addresses(config);
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint: `${issuer}/revoke`,
    grant_types_supported: ['authorization_code'],
    response_types_supported: ['code'],
    scopes_supported: [...plainScopes, 'patient/*.rs', 'patient/*.r', 'patient/*.s', 'patient/*.read'],
    code_challenge_methods_supported: ['S256'],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'authorize-post',
      'client-public',
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
