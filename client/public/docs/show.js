// Shows the OpenAPI document that this deployment serves. Asks nothing of any other host.
window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#document", deepLinking: true, validatorUrl: "none" })
