//! Ce qui d'une ligne se calcule sans la base : on le fait hors du verrou, et sur tous les cœurs.

use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::{Empreinte, Notice};
use ccapex::profil::Profil;
use ccapex::rapprochement::cles::cles;
use ccapex::rapprochement::fiche::Fiche;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use tableur::lecture::Ligne;

use crate::reception::lire::{Emetteur, notice};

/// Une ligne prête à être rapprochée et écrite.
#[derive(Clone, Debug)]
pub(crate) struct Preparee {
    /// Son rang dans la pièce, à partir de 0, toutes feuilles confondues.
    pub(crate) ordre: i64,
    pub(crate) ligne: u64,
    pub(crate) feuille: String,
    pub(crate) notice: Notice,
    pub(crate) empreinte: Empreinte,
    pub(crate) empreinte_reference: Option<Empreinte>,
    /// La fiche du ménage, quand un dossier peut s'ouvrir : nommé, et dans le département.
    pub(crate) fiche: Option<Fiche>,
    pub(crate) cles: Vec<i64>,
    /// Le dossier qu'une personne a désigné : la notice le rejoint sans se rapprocher.
    pub(crate) impose: Option<DossierId>,
    /// Ce que la même ligne avait donné, quand le fichier se relit avec d'autres colonnes.
    pub(crate) remplace: Option<(NoticeId, Option<DossierId>)>,
}

/// Prépare des lignes, dans l'ordre ; la première a le rang `premier`.
pub(crate) fn preparer(
    lignes: &[Ligne],
    premier: i64,
    emetteur: &Emetteur<'_>,
    profil: &Profil,
) -> Vec<Preparee> {
    lignes
        .par_iter()
        .with_min_len(64)
        .enumerate()
        .map(|(place, ligne)| {
            let ordre = premier + i64::try_from(place).unwrap_or_default();
            let feuille = ligne.feuille.clone().unwrap_or_default();
            une(notice(ligne, emetteur, &profil.departement), ordre, ligne.ligne, feuille, profil)
        })
        .collect()
}

/// Prépare une notice déjà lue.
pub(crate) fn une(
    notice: Notice,
    ordre: i64,
    ligne: u64,
    feuille: String,
    profil: &Profil,
) -> Preparee {
    let fiche = fiche(&notice, profil);
    Preparee {
        ordre,
        ligne,
        feuille,
        empreinte: notice.empreinte(),
        empreinte_reference: notice.empreinte_reference(),
        cles: fiche.as_ref().map_or_else(Vec::new, |f| cles(&profil.code, f)),
        fiche,
        notice,
        impose: None,
        remplace: None,
    }
}

fn fiche(notice: &Notice, profil: &Profil) -> Option<Fiche> {
    let code = notice.contenu.commune.as_deref()?;
    let commune = territoire::commune(code)?;
    profil.sous_commission(commune)?;
    ccapex::signalement::examen::est_nommee(notice).then(|| Fiche::nouvelle(&notice.identite, code))
}
