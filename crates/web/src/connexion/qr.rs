//! Un code QR, dessiné en SVG dans la page : rien ne se télécharge, rien ne sort d'ici.

use askama::Template;
use askama::filters::HtmlSafe;
use qrcodegen::{QrCode, QrCodeEcc};

/// Un code QR.
#[derive(Clone, Debug, Template)]
#[template(path = "connexion/qr.html")]
pub struct Dessin {
    /// La largeur, en points, marge comprise.
    pub cote: i32,
    /// Le tracé de tous les points noirs.
    pub trace: String,
}

impl HtmlSafe for Dessin {}

/// La marge que les lecteurs demandent, en points.
const MARGE: i32 = 4;

/// Dessine un texte ; rien s'il est trop long pour un code QR.
#[must_use]
pub fn dessiner(texte: &str) -> Option<Dessin> {
    let code = QrCode::encode_text(texte, QrCodeEcc::Medium).ok()?;
    let mut trace = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let largeur = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let largeur = i32::try_from(largeur).unwrap_or_default();
            if largeur > 0 {
                trace.push_str(&format!("M{} {}h{largeur}v1h-{largeur}z", x + MARGE, y + MARGE));
            }
            x += largeur.max(1);
        }
    }
    Some(Dessin { cote: code.size() + 2 * MARGE, trace })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_point_noir_est_dans_le_trace_et_aucun_autre() {
        let texte =
            "otpauth://totp/Seuil:lens?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Seuil";
        let dessin = dessiner(texte).unwrap();
        let code = QrCode::encode_text(texte, QrCodeEcc::Medium).unwrap();
        let noirs: i32 = dessin
            .trace
            .split('h')
            .skip(1)
            .step_by(2)
            .filter_map(|bout| bout.split('v').next()?.parse::<i32>().ok())
            .sum();
        let attendus = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        assert_eq!(usize::try_from(noirs).unwrap(), attendus);
        assert_eq!(dessin.cote, code.size() + 8);
    }

    #[test]
    fn un_texte_trop_long_ne_se_dessine_pas() {
        assert!(dessiner(&"x".repeat(5_000)).is_none());
    }
}
