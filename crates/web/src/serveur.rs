//! Le serveur : écouter, répondre, s'arrêter sans couper une page en cours.

use tokio::net::TcpListener;

use crate::app::App;
use crate::routes::router;

/// Sert les pages jusqu'à ce que `arret` se produise.
///
/// # Erreurs
///
/// Si l'écoute s'interrompt.
pub async fn servir(
    app: App,
    ecoute: TcpListener,
    arret: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(ecoute, router(app)).with_graceful_shutdown(arret).await
}
