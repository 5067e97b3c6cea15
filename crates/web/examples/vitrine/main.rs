//! Toutes les pages avec des données d'exemple, pour les regarder : `cargo run -p web --example vitrine`.

mod donnees;

use axum::Router;
use axum::response::Html;
use axum::routing::get;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut router = Router::new().route("/statique/{nom}", get(web::statique::servir));
    let noms: Vec<&str> = donnees::pages().iter().map(|(nom, _)| *nom).collect();
    let sommaire: String =
        noms.iter().map(|n| format!("<li><a href=\"/{n}\">{n}</a></li>")).collect();
    router = router.route("/", get(async move || Html(format!("<ul>{sommaire}</ul>"))));
    for (nom, page) in donnees::pages() {
        router = router.route(&format!("/{nom}"), get(async move || Html(page)));
    }
    let ecoute = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    axum::serve(ecoute, router).await
}
