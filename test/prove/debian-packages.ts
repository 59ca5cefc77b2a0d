/**
 * Packages of Debian 12 that ship configuration of nginx, or examples of it; `npm run prove -- debian` fetches them. Those that depend on nginx,
 * recommend or suggest it, and others with a known example, were looked through for files with nginx in their path.
 */
export const DEBIAN_PACKAGES = [
  'acmetool',
  'fcgiwrap',
  'homer-api',
  'ledgersmb',
  'lemonldap-ng-handler',
  'liblemonldap-ng-manager-perl',
  'liblemonldap-ng-portal-perl',
  'libnginx-mod-http-auth-pam',
  'libnginx-mod-http-echo',
  'libnginx-mod-http-modsecurity',
  'libnginx-mod-nchan',
  'libnginx-mod-rtmp',
  'mailman3-web',
  'munin',
  'nginx-common',
  'phpsysinfo',
  'python3-certbot-nginx',
  'radicale',
  'redmine',
  'rss-bridge',
  'samizdat',
  'searx',
  'sugarplum',
  'thin',
  'unicorn',
  'wordpress',
  'zabbix-frontend-php',
  'zoneminder',
] as const

/** Paths that have nginx in them and hold no configuration of it. */
export const NO_CONFIGURATION =
  /\.(?:so|pyc?|lua|pm|init|te|mapping|typed|txt|erb|vim|yaml|php|xml|json|js|css|html|svg|png|md|rst|patch|gz|sh)$|^etc\/(?:default|init\.d|logrotate\.d|monit|ufw)\/|\/(?:man|passenger|systemd|vim)\/|egg-info|\/(?:modsecurity(?:_includes)?|munin-cgi)\.conf$|\/(?:copyright|README[^/]*|control|changelog[^/]*)$/

/** Where nginx and ngxlint differ, or nginx can't be asked, and why. */
export const DEBIAN_REASONS: readonly { readonly path: RegExp; readonly because: string }[] = [
  { path: /modules-available\/|modules-enabled\//, because: 'it loads a module that is not here' },
]
