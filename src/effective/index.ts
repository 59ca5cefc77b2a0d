/** What the other folders may know of what a configuration means. */
export { type BeatenLocation, beatenLocations } from './beaten-locations.ts'
export type { Files } from './condition.ts'
export * from './handshake.ts'
export { type OtherCase, otherCase } from './handshake-condition.ts'
export type { HeaderState } from './handshake-rows.ts'
export { type Certainty, discarded, type Inherited, inherited, isWhollyKnown, setting } from './inheritance.ts'
export { keepsConnections } from './kept-connections.ts'
export { pageForRefusal } from './led-away.ts'
export type { WebSocketLists } from './listed-locations.ts'
export { type LocationMatch, type LocationPattern, locationPattern } from './location.ts'
export { hostWithoutResolver, passesWithVariables } from './looked-up-host.ts'
export { findRow, type MapRow, type VariableMap } from './map.ts'
export { type EndpointMatch, matchName, matchPath, matchPattern } from './match-endpoint.ts'
export { Model } from './model.ts'
export { isHostWithColon, type Obstacle } from './obstacles.ts'
export { type ProxyTarget, proxyTarget, readProxyPass } from './proxy-pass.ts'
export { splitAddress, splitUrl } from './proxy-url.ts'
export { type ClientRequest, type Header, handshakeRequest, plainRequest } from './request.ts'
export { findLocation, type LocationChoice } from './routing.ts'
export {
  type BothValues,
  evaluateBoth,
  isMeantFor,
  isSpoilt,
  meansUpgrade,
  rowsAbout,
  setsHeader,
} from './row-values.ts'
export { DEPTH_LIMIT, Scope, type ScopeKind } from './scope.ts'
export {
  findServer,
  groupsFor,
  type ListenGroup,
  listenGroups,
  mayConflict,
  nameConflicts,
  type ServerChoice,
  type ServerReason,
} from './servers.ts'
export { type Ending, type Outcome, type Simulation, simulate } from './simulate.ts'
export type { Step } from './step.ts'
export { isTelling, tellingRow, tells } from './telling-rows.ts'
export { parseTemplate, variablesIn } from './template.ts'
export type { Origin, UpstreamHeader, UpstreamPart, UpstreamRequest } from './upstream-request.ts'
export { escapeUri, normalizePath, type RequestTarget } from './uri.ts'
export { type Environment, evaluate } from './variables.ts'
export {
  type Evidence,
  findWebSocketLocations,
  isDenied,
  type WebSocketLocation,
} from './websocket-locations.ts'
