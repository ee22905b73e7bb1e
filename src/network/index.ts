export { type Agents, createAgents } from "./agents.ts";
export { noProxies, type Proxies, proxyFor, shownProxy } from "./proxies.ts";
export { type ProxyFault, type ProxyFaultKind, proxyAuthenticationRequired, proxyFaultOf } from "./proxy-fault.ts";
