// The bundled command is a script, in which import() has no loader; a file of its own has one.
module.exports = (url) => import(url)
